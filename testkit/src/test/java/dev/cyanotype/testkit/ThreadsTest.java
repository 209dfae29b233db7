/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.cyanotype.App;
import dev.cyanotype.AppBuildException;
import dev.cyanotype.Blueprint;
import dev.cyanotype.StopReport;
import dev.cyanotype.task.Tasks;
import dev.cyanotype.task.WorkerHandle;
import dev.cyanotype.task.WorkerHandle.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ThreadsTest {

    private static final Instant BEGIN = Instant.parse("2000-01-01T00:00:00Z");
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final TestClock clock = TestClock.create();
    private final List<String> record = new CopyOnWriteArrayList<>();
    private final CountDownLatch released = new CountDownLatch(1);
    private TestApp app;

    @AfterEach
    void stop() {
        released.countDown();
        if (app != null) {
            app.close();
        }
    }

    private WorkerHandle start(Blueprint.Builder blueprint) {
        app = TestApp.of(clock, blueprint.build());
        return app.app().tasks().threads().get(0);
    }

    private void note(String what) {
        record.add(what + " " + Duration.between(BEGIN, clock.instant()).toSeconds());
    }

    @Nested
    class A_thread {

        @Test
        void starts_with_the_app_and_rests_until_the_clock_is_advanced() {
            WorkerHandle thread = start(Blueprint.named("a").thread("monitor", ctx -> {
                note("begin " + ctx.thread() + " of " + ctx.blueprint());
                while (ctx.sleep(Duration.ofMinutes(1))) {
                    note("look");
                }
                note("end");
            }));

            assertThat(thread.name()).isEqualTo("a.monitor");
            assertThat(thread.state()).isEqualTo(State.RUNNING);
            assertThat(record).containsExactly("begin monitor of a 0");
            clock.advance(Duration.ofSeconds(179));
            assertThat(record).containsExactly("begin monitor of a 0", "look 60", "look 120");
            app.close();
            assertThat(record).endsWith("look 120", "end 179");
            assertThat(thread.state()).isEqualTo(State.ENDED);
        }

        @Test
        void may_broadcast_and_has_the_tasks_of_the_app() {
            start(Blueprint.named("a").thread("monitor", ctx -> {
                ctx.broadcast("seen", Map.of("tasks", ctx.tasks().tasks().size()));
                ctx.log().debug("seen");
            }));

            assertThat(app.broadcasts("seen")).hasSize(1);
        }

        @Test
        void that_returns_has_ended_and_is_not_started_again() {
            WorkerHandle thread = start(Blueprint.named("a").thread("once", ctx -> note("once")));

            clock.advance(Duration.ofDays(1));

            assertThat(record).containsExactly("once 0");
            assertThat(thread.state()).isEqualTo(State.ENDED);
            assertThat(thread.start()).isTrue();
            assertThat(record).containsExactly("once 0", "once 86400");
        }

        @Test
        void does_not_sleep_for_nothing() {
            start(Blueprint.named("a").thread("once", ctx -> {
                record.add(ctx.sleep(Duration.ZERO) + " " + ctx.sleep(Duration.ofSeconds(-1)));
            }));

            assertThat(record).containsExactly("true true");
        }

        @Test
        void may_wait_for_something_else() {
            WorkerHandle thread = start(Blueprint.named("a").thread("wait", ctx -> {
                released.await(20, TimeUnit.SECONDS);
                note("released");
            }));

            assertThat(thread.state()).isEqualTo(State.RUNNING);
            released.countDown();
            Awaitility.await().untilAsserted(() -> assertThat(record).containsExactly("released 0"));
        }
    }

    @Nested
    class That_fails {

        @Test
        void is_started_again_after_longer_and_longer_rests() {
            try (LoggedErrors log = new LoggedErrors("dev.cyanotype.task")) {
                WorkerHandle thread = start(Blueprint.named("a")
                        .thread(
                                "breaks",
                                ctx -> {
                                    note("run");
                                    throw new IllegalStateException("broken");
                                },
                                options -> options.restartAfter(SECOND, Duration.ofSeconds(5))));

                assertThat(thread.state()).isEqualTo(State.RESTARTING);
                clock.advance(Duration.ofSeconds(20));

                assertThat(record).containsExactly("run 0", "run 1", "run 3", "run 7", "run 12", "run 17");
                assertThat(thread.restarts()).isEqualTo(6);
                assertThat(thread.lastFailure().orElseThrow()).hasMessage("broken");
                assertThat(log.lines()).hasSize(6);
                assertThat(log.lines().get(1))
                        .isEqualTo("ERROR thread 'a.breaks' failed, and is started again in 2000 ms");
            }
        }

        @Test
        void is_given_up_after_so_many_failures_in_a_row_and_can_be_started_by_hand() {
            try (LoggedErrors log = new LoggedErrors("dev.cyanotype.task")) {
                WorkerHandle thread = start(Blueprint.named("a")
                        .thread(
                                "breaks",
                                ctx -> {
                                    note("run");
                                    throw new AssertionError("broken");
                                },
                                options -> options.maxRestarts(2).restartAfter(SECOND, SECOND)));

                clock.advance(Duration.ofMinutes(1));

                assertThat(record).containsExactly("run 0", "run 1", "run 2");
                assertThat(thread.state()).isEqualTo(State.FAILED);
                assertThat(log.lines())
                        .endsWith("ERROR thread 'a.breaks' failed 3 times in a row, and is not started again."
                                + " Start it by name once it can work.");
                assertThat(thread.start()).isTrue();
                assertThat(thread.restarts()).isEqualTo(1);
                assertThat(record).hasSize(4);
            }
        }

        @Test
        void is_forgiven_what_was_long_ago() {
            try (LoggedErrors log = new LoggedErrors("dev.cyanotype.task")) {
                WorkerHandle thread = start(Blueprint.named("a")
                        .thread(
                                "breaks",
                                ctx -> {
                                    ctx.sleep(Duration.ofSeconds(10));
                                    throw new IllegalStateException("broken");
                                },
                                options -> options.maxRestarts(1).restartAfter(SECOND, Duration.ofSeconds(10))));

                clock.advance(Duration.ofMinutes(10));

                assertThat(thread.restarts()).isGreaterThan(50);
                assertThat(thread.state()).isEqualTo(State.RUNNING);
                assertThat(log.lines()).hasSizeGreaterThan(50);
            }
        }

        @Test
        void while_it_is_told_to_end_has_ended() {
            WorkerHandle thread = start(Blueprint.named("a").thread("breaks", ctx -> {
                while (ctx.sleep(SECOND)) {
                    note("look");
                }
                throw new IllegalStateException("too late");
            }));

            assertThat(thread.stop(Duration.ofSeconds(10))).isTrue();
            assertThat(thread.state()).isEqualTo(State.ENDED);
            assertThat(thread.restarts()).isZero();
        }
    }

    @Nested
    class By_its_handle {

        @Test
        void it_is_started_and_stopped_with_a_real_effect() {
            WorkerHandle thread = start(Blueprint.named("a")
                    .thread(
                            "monitor",
                            ctx -> {
                                note("begin");
                                while (ctx.running()) {
                                    ctx.sleep(SECOND);
                                }
                                note("end");
                            },
                            options -> options.manual()));
            assertThat(thread.state()).isEqualTo(State.ENDED);
            assertThat(record).isEmpty();

            assertThat(thread.start()).isTrue();
            assertThat(thread.start()).isFalse();
            assertThat(record).containsExactly("begin 0");
            assertThat(thread.stop(Duration.ofSeconds(10))).isTrue();
            assertThat(thread.stop(Duration.ofSeconds(10))).isTrue();
            assertThat(record).containsExactly("begin 0", "end 0");
            assertThat(thread.start()).isTrue();
            assertThat(record).containsExactly("begin 0", "end 0", "begin 0");
        }

        @Test
        void it_is_interrupted_where_it_waits_for_something_else() {
            WorkerHandle thread = start(Blueprint.named("a").thread("waits", ctx -> {
                try {
                    released.await(20, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    record.add("interrupted " + ctx.running());
                    throw e;
                }
            }));

            assertThat(thread.stop(Duration.ofMillis(200))).isTrue();
            assertThat(record).containsExactly("interrupted false");
        }

        @Test
        void it_is_ending_for_as_long_as_it_does_not_listen() {
            WorkerHandle thread = start(Blueprint.named("a").thread("deaf", ctx -> {
                while (released.getCount() > 0) {
                    try {
                        released.await(20, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        record.add("interrupted");
                    }
                }
            }));

            assertThat(thread.stop(Duration.ofMillis(100))).isFalse();
            assertThat(thread.state()).isEqualTo(State.ENDING);
            assertThat(thread.start()).isFalse();
            assertThat(record).containsExactly("interrupted");
            released.countDown();
            Awaitility.await().until(() -> thread.state() == State.ENDED);
        }

        @Test
        void it_may_stop_itself() {
            WorkerHandle thread = start(Blueprint.named("a").thread("self", ctx -> {
                record.add("stopped " + ctx.tasks().thread("self").stop(Duration.ofHours(1)));
                record.add("running " + ctx.running());
            }));

            assertThat(record).containsExactly("stopped false", "running false");
            assertThat(thread.state()).isEqualTo(State.ENDED);
        }

        @Test
        void a_stop_needs_a_time_and_a_start_an_app() {
            WorkerHandle thread = start(Blueprint.named("a").thread("once", ctx -> {}));

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> thread.stop(Duration.ofMillis(-1)))
                    .withMessage("thread 'a.once': stop within PT-0.001S (expected: zero or more)");
            app.close();
            assertThatIllegalStateException()
                    .isThrownBy(thread::start)
                    .withMessage("thread 'a.once' can't be started, because its app stops");
        }

        @Test
        void it_is_started_by_a_start_hook() {
            start(Blueprint.named("a")
                    .thread("manual", ctx -> note("run"), options -> options.manual())
                    .onStart(ctx -> ctx.tasks().thread("a.manual").start()));

            assertThat(record).containsExactly("run 0");
        }
    }

    @Nested
    class When_the_app_stops {

        @Test
        void one_that_ignores_it_is_interrupted_and_named_and_the_rest_goes_on() {
            start(Blueprint.named("a")
                    .thread("deaf", ctx -> {
                        while (released.getCount() > 0) {
                            try {
                                released.await(20, TimeUnit.SECONDS);
                            } catch (InterruptedException e) {
                                record.add("interrupted");
                            }
                        }
                    })
                    .thread("good", ctx -> {
                        while (ctx.sleep(SECOND)) {
                            record.add("look");
                        }
                        record.add("end");
                    })
                    .onStop(ctx -> record.add("hook")));

            app.app().stop(Duration.ofMillis(500));

            assertThat(record).containsExactly("end", "interrupted", "hook");
            StopReport report = app.app().stopReport().orElseThrow();
            assertThat(report.isClean()).isFalse();
            assertThat(report.abandoned()).containsExactly("thread 'a.deaf'");
            assertThat(report.toString()).endsWith("; abandoned: thread 'a.deaf'");
        }
    }

    @Test
    void two_of_one_name_are_an_error_of_the_build_and_so_is_an_empty_name() {
        Blueprint.Builder twice = Blueprint.named("a").thread("x", ctx -> {}).thread("x", ctx -> {});
        Assertions.assertThatExceptionOfType(AppBuildException.class)
                .isThrownBy(() -> App.named("shop").register(twice.build()).build())
                .withMessageMatching("(?s).*thread 'x': declared by 'a' \\(ThreadsTest.java:\\d+\\) and 'a'"
                        + " \\(ThreadsTest.java:\\d+\\). Rename one..*");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Blueprint.named("a").thread("", ctx -> {}))
                .withMessage("blueprint 'a': thread has an empty name");
    }

    @Test
    void a_blueprint_that_stands_in_two_places_has_each_thread_once() {
        Blueprint blueprint = Blueprint.named("a").thread("x", ctx -> {}).build();
        app = TestApp.of(App.named("shop")
                .register(blueprint)
                .register(blueprint, mount -> mount.prefix("/again").named("again"))
                .build());
        Tasks tasks = app.app().tasks();

        assertThat(tasks.threads()).extracting(WorkerHandle::name).containsExactly("a.x");
    }
}

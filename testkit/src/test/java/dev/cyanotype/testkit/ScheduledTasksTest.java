/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.task.Schedule;
import dev.cyanotype.task.TaskHandle;
import dev.cyanotype.task.TaskRun;
import dev.cyanotype.task.TaskRun.Result;
import dev.cyanotype.task.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ScheduledTasksTest {

    private static final Instant BEGIN = Instant.parse("2000-01-01T00:00:00Z");

    private final TestClock clock = TestClock.create();
    private final List<String> record = new ArrayList<>();
    private TestApp app;

    @AfterEach
    void stop() {
        if (app != null) {
            app.close();
        }
    }

    private TaskHandle start(Blueprint.Builder blueprint) {
        app = TestApp.of(clock, blueprint.build());
        return app.app().tasks().tasks().get(0);
    }

    private void note(String what) {
        record.add(what + " " + Duration.between(BEGIN, clock.instant()).toMillis());
    }

    private static Duration ms(long millis) {
        return Duration.ofMillis(millis);
    }

    @Nested
    class At_a_fixed_rate {

        @Test
        void it_runs_after_each_interval_and_not_before() {
            start(Blueprint.named("a").background("tick", ms(100), ctx -> note(ctx.task())));

            assertThat(record).isEmpty();
            clock.advance(ms(99));
            assertThat(record).isEmpty();
            clock.advance(ms(201));
            assertThat(record).containsExactly("tick 100", "tick 200", "tick 300");
        }

        @Test
        void it_stays_on_its_grid_and_leaves_out_what_becomes_due_while_it_runs() {
            AtomicInteger runs = new AtomicInteger();
            TaskHandle task = start(Blueprint.named("a").background("tick", ms(100), ctx -> {
                note("run");
                if (runs.incrementAndGet() == 1) {
                    clock.elapse(ms(250));
                }
            }));

            clock.advance(ms(600));

            assertThat(record).containsExactly("run 100", "run 400", "run 500", "run 600");
            assertThat(task.missed()).isEqualTo(2);
            assertThat(task.runs()).isEqualTo(4);
        }

        @Test
        void it_starts_when_it_is_told_to() {
            start(Blueprint.named("a")
                    .background("now", Schedule.every(ms(100)).startingAfter(Duration.ZERO), ctx -> note("now"))
                    .background("late", Schedule.every(ms(100)).startingAfter(ms(250)), ctx -> note("late")));

            clock.advance(ms(400));

            assertThat(record)
                    .containsExactly("now 0", "now 100", "now 200", "late 250", "now 300", "late 350", "now 400");
        }

        @Test
        void it_knows_when_it_was_due() {
            start(Blueprint.named("a")
                    .background("tick", Schedule.every(ms(100)).jitter(ms(50)), ctx -> {
                        record.add(ctx.due().toString());
                        assertThat(clock.instant())
                                .isBetween(ctx.due(), ctx.due().plus(ms(50)));
                    }));

            clock.advance(ms(250));

            assertThat(record).containsExactly("2000-01-01T00:00:00.100Z", "2000-01-01T00:00:00.200Z");
        }

        @Test
        void a_calendar_that_is_set_does_not_matter() {
            start(Blueprint.named("a").background("tick", ms(100), ctx -> record.add("run")));

            clock.advance(ms(150));
            clock.jump(Duration.ofHours(1));
            clock.advance(ms(100));
            clock.jump(Duration.ofHours(-2));
            clock.advance(ms(100));

            assertThat(record).hasSize(3);
        }
    }

    @Test
    void with_a_fixed_delay_the_end_of_a_run_counts() {
        TaskHandle task = start(Blueprint.named("a").background("tick", Schedule.withFixedDelay(ms(100)), ctx -> {
            note("run");
            clock.elapse(ms(30));
        }));

        clock.advance(ms(400));

        assertThat(record).containsExactly("run 100", "run 230", "run 360");
        assertThat(task.missed()).isZero();
    }

    @Nested
    class Its_outcome {

        @Test
        void is_known_of_the_last_run() {
            TaskHandle task = start(Blueprint.named("a").background("tick", ms(100), ctx -> {
                if (clock.millis() % 200 != 0) {
                    throw new IllegalStateException("broken");
                }
                clock.elapse(ms(7));
            }));
            assertThat(task.lastRun()).isEmpty();
            try (LoggedErrors log = new LoggedErrors()) {
                clock.advance(ms(100));
                assertThat(log.lines()).hasSize(1);
            }

            TaskRun failed = task.lastRun().orElseThrow();
            assertThat(failed.result()).isEqualTo(Result.FAILED);
            assertThat(failed.due()).isEqualTo(BEGIN.plusMillis(100));
            assertThat(failed.failure()).hasMessage("broken");
            clock.advance(ms(100));
            assertThat(task.lastRun()).contains(new TaskRun(Result.SUCCEEDED, BEGIN.plusMillis(200), ms(7), null));
            assertThat(task.runs()).isEqualTo(2);
            assertThat(task.failures()).isEqualTo(1);
        }

        @Test
        void is_a_failure_also_where_an_error_handler_sees_to_it() {
            TaskHandle task = start(Blueprint.named("a")
                    .error(IllegalStateException.class, (exchange, e) -> record.add("handled"))
                    .background("tick", ms(100), ctx -> {
                        throw new IllegalStateException("broken");
                    }));

            clock.advance(ms(200));

            assertThat(record).containsExactly("handled", "handled");
            assertThat(task.failures()).isEqualTo(2);
        }
    }

    @Nested
    class By_its_handle {

        @Test
        void it_says_when_it_runs_next() {
            TaskHandle task = start(Blueprint.named("a").background("tick", ms(100), ctx -> {}));

            assertThat(task.name()).isEqualTo("a.tick");
            assertThat(task.schedule()).hasToString("every PT0.1S");
            assertThat(task.nextRun()).contains(BEGIN.plusMillis(100));
            clock.advance(ms(130));
            assertThat(task.nextRun()).contains(BEGIN.plusMillis(200));
            assertThat(task.isRunning()).isFalse();
        }

        @Test
        void it_is_paused_and_goes_on_where_its_grid_is() {
            TaskHandle task = start(Blueprint.named("a").background("tick", ms(100), ctx -> note("run")));

            clock.advance(ms(150));
            task.pause();
            task.pause();
            assertThat(task.isPaused()).isTrue();
            assertThat(task.nextRun()).isEmpty();
            clock.advance(ms(400));
            task.resume();
            assertThat(task.nextRun()).contains(BEGIN.plusMillis(600));
            clock.advance(ms(100));

            assertThat(record).containsExactly("run 100", "run 600");
            assertThat(task.missed()).isZero();
        }

        @Test
        void it_is_triggered_and_its_times_stay() {
            TaskHandle task = start(Blueprint.named("a").background("tick", ms(100), ctx -> note("run")));

            clock.advance(ms(50));
            CompletableFuture<TaskRun> run = task.trigger();
            assertThat(run)
                    .isCompletedWithValue(new TaskRun(Result.SUCCEEDED, BEGIN.plusMillis(50), Duration.ZERO, null));
            clock.advance(ms(60));

            assertThat(record).containsExactly("run 50", "run 100");
        }

        @Test
        void it_is_triggered_while_it_is_paused_or_manual() {
            TaskHandle task = start(Blueprint.named("a").background("tick", Schedule.manual(), ctx -> note("run")));
            assertThat(task.nextRun()).isEmpty();

            clock.advance(Duration.ofDays(1000));
            task.pause();
            task.trigger();

            assertThat(record).containsExactly("run 86400000000");
        }

        @Test
        void it_runs_once_more_however_often_it_is_triggered_while_it_runs() {
            List<CompletableFuture<TaskRun>> triggered = new ArrayList<>();
            start(Blueprint.named("a").background("tick", Schedule.manual(), ctx -> {
                record.add("run");
                if (record.size() == 1) {
                    TaskHandle self = ctx.as(Tasks.class).task("tick");
                    assertThat(self.isRunning()).isTrue();
                    triggered.add(self.trigger());
                    triggered.add(self.trigger());
                    assertThat(triggered).noneMatch(CompletableFuture::isDone);
                }
            }));

            app.runTask("tick");

            assertThat(record).containsExactly("run", "run");
            assertThat(triggered).allMatch(CompletableFuture::isDone);
        }

        @Test
        void it_is_reached_from_a_handler() {
            app = TestApp.of(
                    clock,
                    Blueprint.named("a")
                            .background("clean", Schedule.manual(), ctx -> note("clean"))
                            .post(
                                    "/clean",
                                    ctx -> Map.of(
                                            "result",
                                            ctx.as(Tasks.class)
                                                    .task("a.clean")
                                                    .trigger()
                                                    .join()
                                                    .result()))
                            .build());

            CyanotypeAssertions.assertThat(app.post("/clean", Map.of()))
                    .hasStatus(200)
                    .hasJson("{\"result\": \"SUCCEEDED\"}");
            assertThat(record).containsExactly("clean 0");
        }

        @Test
        void it_is_not_triggered_once_the_app_stops() {
            TaskHandle task = start(Blueprint.named("a").background("tick", ms(100), ctx -> note("run")));
            app.close();

            assertThatIllegalStateException()
                    .isThrownBy(task::trigger)
                    .withMessage("task 'a.tick' can't be triggered, because its app stops");
            clock.advance(ms(1000));
            assertThat(record).isEmpty();
            assertThat(task.nextRun()).isEmpty();
        }

        @Test
        void it_is_found_by_its_name_with_or_without_the_blueprint_s() {
            start(Blueprint.named("a").background("tick", ms(100), ctx -> {}));
            Tasks tasks = app.app().tasks();

            assertThat(tasks.task("a.tick")).isSameAs(tasks.task("tick"));
            assertThat(tasks.tasks()).extracting(TaskHandle::name).containsExactly("a.tick");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> tasks.task("a.tock"))
                    .withMessage("task 'a.tock' is unknown (expected: one of [a.tick]). Did you mean 'a.tick'?");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> tasks.thread("tick"))
                    .withMessage("thread 'tick' is unknown (expected: app 'test' has none).");
        }
    }

    @Nested
    class On_one_replica {

        @Test
        void without_a_broker_it_runs_as_planned_with_growing_tokens() {
            List<Long> tokens = new ArrayList<>();
            start(Blueprint.named("a")
                    .background("tick", Schedule.every(ms(100)).onOneReplica(), ctx -> {
                        note("run");
                        tokens.add(ctx.fencingToken());
                        assertThat(ctx.running()).isTrue();
                    }));

            clock.advance(ms(300));

            assertThat(record).containsExactly("run 100", "run 200", "run 300");
            assertThat(tokens).isSorted().doesNotHaveDuplicates().allMatch(token -> token > 0);
        }

        @Test
        void it_leaves_nothing_behind_when_it_has_run() {
            TaskHandle task = start(Blueprint.named("a")
                    .background("tick", Schedule.manual().onOneReplica(Duration.ofSeconds(1)), ctx -> note("run")));

            assertThat(task.trigger().join().result()).isEqualTo(Result.SUCCEEDED);
            assertThat(clock.pending()).isZero();
        }

        @Test
        void one_that_each_replica_runs_has_no_token() {
            TaskHandle task = start(Blueprint.named("a").background("tick", ms(100), ctx -> {
                try {
                    ctx.fencingToken();
                } catch (IllegalStateException e) {
                    record.add(e.getMessage());
                }
            }));

            task.trigger();

            assertThat(record)
                    .containsExactly("task 'a.tick' runs on each replica, so it has no fencing token."
                            + " Declare it with Schedule.…onOneReplica().");
        }
    }

    @Test
    void the_order_is_that_of_time_and_then_of_declaration() {
        App several = App.named("several")
                .background("b", ms(200), ctx -> note("b"))
                .background("a", ms(100), ctx -> note("a"))
                .background("c", ms(200), ctx -> note("c"))
                .build();
        app = TestApp.of(several, clock);

        clock.advance(ms(200));

        assertThat(record).containsExactly("a 100", "b 200", "c 200", "a 200");
    }
}

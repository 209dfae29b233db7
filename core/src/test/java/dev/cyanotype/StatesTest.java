/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import dev.cyanotype.FakeTransports.Fake;
import dev.cyanotype.spi.Transport;
import dev.cyanotype.task.AppState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class StatesTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final List<String> record = new CopyOnWriteArrayList<>();
    private final CountDownLatch released = new CountDownLatch(1);

    @AfterEach
    void release() {
        released.countDown();
    }

    private App.Builder shop() {
        return App.named("shop").discovery(false).onState(state -> record.add(state.name()));
    }

    private void hang(String who) throws InterruptedException {
        record.add(who + " begins");
        released.await(20, SECONDS);
        record.add(who + " ends");
    }

    private static CompletableFuture<Void> async(Runnable work) {
        return CompletableFuture.runAsync(work, task -> new Thread(task, "async").start());
    }

    @Nested
    class The_states {

        @Test
        void follow_each_other_and_somebody_is_told() {
            App app = shop().onStarting(ctx -> record.add("starting"))
                    .onStart(ctx -> record.add("start"))
                    .onStopping(ctx -> record.add("stopping"))
                    .onStop(ctx -> record.add("stop"))
                    .build();
            assertThat(app.state()).isEqualTo(AppState.NEW);

            app.start();
            assertThat(app.state()).isEqualTo(AppState.RUNNING);
            app.stop();

            assertThat(record)
                    .containsExactly(
                            "STARTING", "starting", "start", "RUNNING", "STOPPING", "stopping", "stop", "STOPPED");
            assertThat(app.state()).isEqualTo(AppState.STOPPED);
            assertThat(app.status().state()).isEqualTo(AppState.STOPPED);
        }

        @Test
        void leave_out_running_where_the_start_fails() {
            App app = shop().onStart(ctx -> {
                        throw new IllegalStateException("broken");
                    })
                    .build();

            assertThatThrownBy(app::start).hasMessageContaining("broken");

            assertThat(record).containsExactly("STARTING", "STOPPED");
        }

        @Test
        void are_told_to_the_others_when_one_who_listens_fails() {
            App app = App.named("shop")
                    .discovery(false)
                    .onState(state -> {
                        throw new IllegalStateException("deaf");
                    })
                    .onState(state -> record.add(state.name()))
                    .build();
            try (CapturedLog log = CapturedLog.from(Level.ERROR)) {
                app.start();
                app.stop();

                assertThat(log.lines())
                        .hasSize(4)
                        .containsOnly("ERROR somebody who listens to the state of app 'shop' failed");
            }
            assertThat(record).containsExactly("STARTING", "RUNNING", "STOPPING", "STOPPED");
        }

        @Test
        void end_at_once_for_an_app_that_never_starts() {
            App app = shop().build();

            app.stop();

            assertThat(app.state()).isEqualTo(AppState.STOPPED);
            assertThat(app.stopReport()).isEmpty();
            assertThatThrownBy(app::start)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("app 'shop' is stopped, and an app runs once. Use toBuilder().build() for another.");
        }
    }

    @Nested
    class Who_waits_until_it_is_ready {

        private final Fake redis = new FakeTransports().fake("redis");

        @Test
        void goes_on_when_it_is_up_and_every_transport_is() throws Exception {
            redis.health = Transport.Health.DOWN;
            try (App app = shop().transport(redis).build()) {
                assertThat(app.awaitReady(Duration.ZERO)).isFalse();
                app.start();
                assertThat(app.awaitReady(Duration.ofMillis(50))).isFalse();

                CompletableFuture<Boolean> ready = CompletableFuture.supplyAsync(() -> {
                    try {
                        return app.awaitReady(MINUTE);
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                });
                redis.health = Transport.Health.UP;

                assertThat(ready.get(10, SECONDS)).isTrue();
            }
        }

        @Test
        void is_told_that_it_never_will_be() {
            App app = shop().build();
            app.start();
            app.stop();

            assertThatThrownBy(() -> app.awaitReady(MINUTE))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("app 'shop' has stopped, so it will not be ready");
        }
    }

    @Nested
    class A_stop_while_it_starts {

        @Test
        void interrupts_the_start_which_fails_and_is_undone() throws Exception {
            App app = shop().onStarting(ctx -> record.add("opened"))
                    .onStart(ctx -> hang("start"))
                    .onStop(ctx -> record.add("closed"))
                    .build();
            CompletableFuture<Void> start = async(app::start);
            await().until(() -> record.contains("start begins"));

            app.stop(MINUTE);

            assertThat(app.state()).isEqualTo(AppState.STOPPED);
            assertThat(record).containsExactly("STARTING", "opened", "start begins", "closed", "STOPPED");
            assertThatThrownBy(() -> start.get(10, SECONDS))
                    .cause()
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("the onStart hook of app 'shop'");
        }

        @Test
        void is_heeded_also_where_the_hook_is_not_interrupted() throws Exception {
            App app = shop().onStarting(ctx -> {
                        record.add("begins");
                        while (released.getCount() > 0) {
                            try {
                                released.await();
                            } catch (InterruptedException e) {
                                record.add("interrupted");
                            }
                        }
                    })
                    .onStart(ctx -> record.add("never"))
                    .build();
            CompletableFuture<Void> start = async(app::start);
            await().until(() -> record.contains("begins"));

            CompletableFuture<Void> stop = async(() -> app.stop(MINUTE));
            await().until(() -> record.contains("interrupted"));
            assertThat(stop).isNotDone();
            released.countDown();
            stop.get(10, SECONDS);

            assertThat(record).containsExactly("STARTING", "begins", "interrupted", "STOPPED");
            assertThatThrownBy(() -> start.get(10, SECONDS))
                    .cause()
                    .hasMessage("app 'shop' was stopped while it was starting");
        }

        @Test
        void may_come_from_a_start_hook() {
            App[] self = {null};
            App app = shop().onStart(ctx -> self[0].stop(MINUTE)).build();
            self[0] = app;

            assertThatThrownBy(app::start).hasMessage("app 'shop' was stopped while it was starting");

            assertThat(app.state()).isEqualTo(AppState.STOPPED);
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
    }

    @Nested
    class Its_end {

        @Test
        void is_not_held_up_by_hooks_that_hang_and_has_the_others_run() {
            App app = shop().onStopping(ctx -> record.add("stopping"))
                    .onStopping(ctx -> hang("onStopping"))
                    .onStop(ctx -> record.add("stop"))
                    .onStop(ctx -> hang("onStop"))
                    .build();
            app.start();

            app.stop(Duration.ofMillis(400));

            assertThat(record)
                    .containsExactly(
                            "STARTING",
                            "RUNNING",
                            "STOPPING",
                            "onStopping begins",
                            "stopping",
                            "onStop begins",
                            "stop",
                            "STOPPED");
            StopReport report = app.stopReport().orElseThrow();
            assertThat(report.isClean()).isFalse();
            assertThat(report.abandoned())
                    .hasSize(2)
                    .allMatch(
                            hook -> hook.matches("on(Stopping|Stop) hook of app 'shop' \\(StatesTest\\.java:\\d+\\)"));
            assertThat(report.failed()).isEmpty();
        }

        @Test
        void names_hooks_that_throw() {
            App app = shop().onStopping(ctx -> {
                        throw new IllegalStateException("broken");
                    })
                    .build();
            app.start();

            try (CapturedLog log = CapturedLog.from(Level.ERROR)) {
                app.stop();
                assertThat(log.lines()).hasSize(1);
            }

            StopReport report = app.stopReport().orElseThrow();
            assertThat(report.isClean()).isFalse();
            assertThat(report.abandoned()).isEmpty();
            assertThat(report.failed())
                    .singleElement()
                    .asString()
                    .matches("onStopping hook of app 'shop' \\(StatesTest\\.java:\\d+\\)");
            assertThat(report.toString()).contains("; failed: onStopping hook of app 'shop'");
        }

        @Test
        void is_cut_short_for_who_is_interrupted_while_it_waits() throws Exception {
            App app = shop().onStopping(ctx -> hang("hook"))
                    .onStop(ctx -> record.add("stop"))
                    .build();
            app.start();
            boolean[] interrupted = {false};
            Thread stopper = new Thread(() -> {
                app.stop(MINUTE);
                interrupted[0] = Thread.currentThread().isInterrupted();
            });
            stopper.start();
            await().until(() -> record.contains("hook begins"));

            stopper.interrupt();
            stopper.join(10_000);

            assertThat(stopper.isAlive()).isFalse();
            assertThat(interrupted[0]).isTrue();
            assertThat(record).endsWith("stop", "STOPPED");
            assertThat(app.stopReport().orElseThrow().took()).isLessThan(Duration.ofSeconds(15));
        }

        @Test
        void waits_for_the_delay_while_all_goes_on() throws Exception {
            App app = shop().stopBudget(Duration.ofSeconds(40))
                    .stopDelay(Duration.ofMillis(300))
                    .onStopping(ctx -> record.add("stopping"))
                    .build();
            app.start();
            CompletableFuture<Void> stop = async(app::stop);
            await().until(() -> app.state() == AppState.STOPPING);

            assertThat(record).doesNotContain("stopping");
            stop.get(10, SECONDS);

            assertThat(record).containsSubsequence("STOPPING", "stopping", "STOPPED");
            StopReport report = app.stopReport().orElseThrow();
            assertThat(report.budget()).isEqualTo(Duration.ofSeconds(40));
            assertThat(report.took()).isGreaterThanOrEqualTo(Duration.ofMillis(300));
        }

        @Test
        void has_a_budget_and_a_delay_that_make_sense() {
            assertThatThrownBy(() -> shop().stopBudget(Duration.ofMillis(-1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("stop: budget PT-0.001S (expected: zero to one day)");
            assertThatThrownBy(() -> shop().stopDelay(Duration.ofDays(2)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("stop: delay PT48H (expected: zero to one day)");
        }
    }
}

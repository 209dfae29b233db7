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
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class StopTest {

    private final FakeTransports transports = new FakeTransports();
    private final List<String> record = transports.record;

    private static App.Builder shop() {
        return App.named("shop").discovery(false);
    }

    @Nested
    class Stopped {

        @Test
        void all_transports_are_drained_before_any_is_closed_both_in_reverse() {
            App app = shop().transport(transports.fake("a"))
                    .transport(transports.fake("b").order(1))
                    .build();
            app.start();
            record.clear();

            app.stop();

            assertThat(record).containsExactly("drain b", "drain a", "close b", "close a");
            assertThat(app.isRunning()).isFalse();
        }

        @Test
        void it_gives_what_is_left_of_its_budget_to_each() {
            Fake first = transports.fake("a");
            Fake second = transports.fake("b").order(1);
            App app = shop().transport(first).transport(second).build();
            app.start();

            app.stop(Duration.ofMinutes(1));

            assertThat(second.drainBudget).isBetween(Duration.ofSeconds(50), Duration.ofMinutes(1));
            assertThat(first.drainBudget).isLessThanOrEqualTo(second.drainBudget);
        }

        @Test
        void without_a_budget_it_cuts_off() {
            Fake fake = transports.fake("a");
            App app = shop().transport(fake).build();
            app.start();

            app.stop(Duration.ZERO);

            assertThat(fake.drainBudget).isEqualTo(Duration.ZERO);
            assertThatThrownBy(() -> app.stop(Duration.ofMillis(-1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("stop: budget PT-0.001S (expected: zero or more)");
        }

        @Test
        void a_second_time_it_does_nothing() {
            App app = shop().transport(transports.fake("a")).build();
            app.start();
            app.stop();
            record.clear();

            app.stop();
            app.close();

            assertThat(record).isEmpty();
        }

        @Test
        void a_second_time_at_once_it_waits_for_the_first() throws Exception {
            CountDownLatch drained = new CountDownLatch(1);
            App app = shop().transport(transports.fake("a").onDrain(drained::await))
                    .build();
            app.start();
            CompletableFuture<Void> first = CompletableFuture.runAsync(app::stop);
            await().until(() -> record.contains("drain a"));

            CompletableFuture<Void> second = CompletableFuture.runAsync(app::stop);
            await().during(Duration.ofMillis(30)).until(() -> !second.isDone());
            drained.countDown();

            first.get(10, SECONDS);
            second.get(10, SECONDS);
            assertThat(record).endsWith("drain a", "close a");
        }

        @Test
        void before_its_start_it_never_starts() {
            App app = shop().transport(transports.fake("a")).build();

            app.stop();

            assertThat(record).isEmpty();
            assertThatThrownBy(app::start)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("app 'shop' is stopped, and an app runs once. Use toBuilder().build() for another.");
        }

        @Test
        void a_transport_that_fails_does_not_keep_the_others() {
            App app = shop().transport(transports.fake("a"))
                    .transport(transports
                            .fake("b")
                            .order(1)
                            .onDrain(() -> {
                                throw new IllegalStateException("stuck");
                            })
                            .onClose(() -> {
                                throw new IllegalStateException("stuck");
                            }))
                    .build();
            app.start();
            record.clear();
            try (CapturedLog log = CapturedLog.from(Level.INFO)) {
                app.stop();

                assertThat(record).containsExactly("drain b", "drain a", "close b", "close a");
                assertThat(log.lines())
                        .hasSize(3)
                        .startsWith(
                                "WARN transport 'b' of app 'shop' could not be drained",
                                "WARN transport 'b' of app 'shop' could not be closed");
                assertThat(log.lines().get(2))
                        .matches(
                                "INFO app 'shop' stopped in \\d+ ms of 10000 ms: finished 0 \\(requests 0, actions 0, messages 0,"
                                        + " entries 0, websocket messages 0, tasks 0\\), refused 0, cut 0, websockets closed 0");
            }
        }

        @Test
        void it_is_not_running_any_more_while_it_is_drained() {
            boolean[] running = {true};
            App[] app = new App[1];
            app[0] = shop().transport(transports.fake("a").onDrain(() -> running[0] = app[0].isRunning()))
                    .build();
            app[0].start();

            app[0].stop();

            assertThat(running[0]).isFalse();
        }

        @Test
        void with_a_budget_of_ages_it_is_stopped_at_once() {
            App app = shop().build();
            app.start();

            app.stop(Duration.ofSeconds(Long.MAX_VALUE));

            assertThat(app.isRunning()).isFalse();
            assertThatThrownBy(app::start).hasMessageContaining("is stopped");
        }

        @Test
        void by_a_thread_that_is_interrupted_it_closes_all_the_same() throws Exception {
            App app = shop().transport(transports.fake("a").onDrain(() -> new CountDownLatch(1).await()))
                    .transport(transports.fake("b").order(1))
                    .build();
            app.start();
            Thread thread = new Thread(app::stop);
            thread.start();
            await().until(() -> record.contains("drain a"));

            thread.interrupt();
            thread.join(10_000);

            assertThat(thread.isAlive()).isFalse();
            assertThat(record).endsWith("drain b", "drain a", "close b", "close a");
        }
    }

    @Nested
    class Run {

        @Test
        void it_returns_when_the_app_has_stopped() throws Exception {
            App app = shop().transport(transports.fake("a")).build();
            CompletableFuture<Void> running = CompletableFuture.runAsync(app::run);
            await().until(app::isRunning);
            assertThat(running).isNotDone();

            app.stop();

            running.get(10, SECONDS);
            assertThat(record).endsWith("drain a", "close a");
        }

        @Test
        void it_stops_the_app_if_its_thread_is_interrupted() throws Exception {
            App app = shop().transport(transports.fake("a")).build();
            Thread thread = new Thread(app::run);
            thread.start();
            await().until(app::isRunning);

            thread.interrupt();
            thread.join(10_000);

            assertThat(thread.isAlive()).isFalse();
            assertThat(app.isRunning()).isFalse();
            assertThat(record).endsWith("drain a", "close a");
        }
    }
}

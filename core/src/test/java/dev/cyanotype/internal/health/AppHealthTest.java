/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import dev.cyanotype.App;
import dev.cyanotype.CapturedLog;
import dev.cyanotype.health.HealthReport;
import dev.cyanotype.health.HealthReport.Component;
import dev.cyanotype.spi.AppClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How checks run: when, how often, and for how long. */
class AppHealthTest {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Time time = new Time();
    private final List<App> started = new ArrayList<>();

    @AfterEach
    void stop() {
        started.forEach(app -> app.stop(Duration.ZERO));
        threads.shutdownNow();
    }

    private App start(Executor executor, App.Builder builder) {
        App app = builder.discovery(false).executor(executor).clock(time).build();
        started.add(app);
        app.start();
        return app;
    }

    private static String db(CompletableFuture<HealthReport> report) throws Exception {
        Component component = report.get(10, TimeUnit.SECONDS).components().stream()
                .filter(one -> one.name().equals("db"))
                .findFirst()
                .orElseThrow();
        return component.status() + " " + component.data();
    }

    /** A check that waits for a test. */
    private static final class Slow {

        final AtomicInteger runs = new AtomicInteger();
        private final List<CountDownLatch> inside = List.of(new CountDownLatch(1), new CountDownLatch(1));
        private final List<CountDownLatch> gates = List.of(new CountDownLatch(1), new CountDownLatch(1));

        boolean look() throws InterruptedException {
            int run = runs.getAndIncrement();
            inside.get(run).countDown();
            gates.get(run).await();
            return true;
        }

        void awaitInside(int run) throws InterruptedException {
            assertThat(inside.get(run).await(10, TimeUnit.SECONDS)).isTrue();
        }

        void let(int run) {
            gates.get(run).countDown();
        }
    }

    @Test
    void checks_run_at_the_same_time() throws Exception {
        CyclicBarrier all = new CyclicBarrier(3);
        App app = start(
                threads,
                App.named("shop")
                        .check("a", () -> all.await() >= 0)
                        .check("b", () -> all.await() >= 0)
                        .check("c", () -> all.await() >= 0));

        assertThat(app.health().ready().get(10, TimeUnit.SECONDS))
                .hasToString("HealthReport[UP, running, {app=UP, local=UP, a=UP, b=UP, c=UP}]");
        assertThat(time.pending()).isZero();
    }

    @Test
    void a_check_that_takes_too_long_is_down_and_holds_up_nobody_for_longer() throws Exception {
        Slow slow = new Slow();
        try (CapturedLog log = CapturedLog.from(Level.WARN)) {
            App app = start(
                    threads,
                    App.named("shop").check("db", slow::look, options -> options.timeout(Duration.ofSeconds(3))));
            CompletableFuture<HealthReport> ready = app.health().ready();
            slow.awaitInside(0);

            time.advance(Duration.ofSeconds(3).minusNanos(1));
            assertThat(ready).isNotDone();
            time.advance(Duration.ofNanos(1));

            assertThat(db(ready)).isEqualTo("DOWN {reason=timed out}");
            assertThat(log.lines()).containsExactly("WARN health check 'db' of app 'shop' has not ended within PT3S");
            slow.let(0);
        }
    }

    @Test
    void a_check_has_two_seconds_unless_it_says_otherwise() throws Exception {
        Slow slow = new Slow();
        try (CapturedLog log = CapturedLog.from(Level.ERROR)) {
            App app = start(threads, App.named("shop").check("db", slow::look));
            CompletableFuture<HealthReport> ready = app.health().ready();
            time.advance(Duration.ofSeconds(2).minusNanos(1));
            assertThat(ready).isNotDone();
            time.advance(Duration.ofNanos(1));
            assertThat(db(ready)).isEqualTo("DOWN {reason=timed out}");
            assertThat(log.lines()).isEmpty();
        }
        slow.let(0);
    }

    @Test
    void who_asks_while_a_check_runs_gets_its_result() throws Exception {
        Slow slow = new Slow();
        App app = start(threads, App.named("shop").check("db", slow::look, options -> options.live()));
        CompletableFuture<HealthReport> first = app.health().ready();
        slow.awaitInside(0);
        CompletableFuture<HealthReport> second = app.health().ready();
        CompletableFuture<HealthReport> third = app.health().live();
        second.cancel(true);

        slow.let(0);

        assertThat(db(first)).isEqualTo("UP {}");
        assertThat(db(third)).isEqualTo("UP {}");
        assertThat(slow.runs).hasValue(1);
    }

    @Test
    void a_check_that_does_not_end_is_not_started_again_before_it_has() throws Exception {
        Slow slow = new Slow();
        try (CapturedLog log = CapturedLog.from(Level.INFO)) {
            App app = start(threads, App.named("shop").check("db", slow::look));
            CompletableFuture<HealthReport> first = app.health().ready();
            slow.awaitInside(0);
            time.advance(Duration.ofSeconds(2));
            first.get(10, TimeUnit.SECONDS);

            for (int n = 0; n < 5; n++) {
                assertThat(app.health().ready()).isDone();
                assertThat(db(app.health().ready())).isEqualTo("DOWN {reason=still running}");
            }
            assertThat(slow.runs).hasValue(1);

            slow.let(0);
            slow.let(1);
            await().untilAsserted(() -> assertThat(db(app.health().ready())).isEqualTo("UP {}"));
            assertThat(slow.runs).hasValue(2);
            assertThat(log.lines().stream().filter(line -> line.contains("health check")))
                    .containsExactly(
                            "WARN health check 'db' of app 'shop' has not ended within PT2S",
                            "INFO health check 'db' of app 'shop' is up again");
        }
    }

    @Test
    void a_change_is_told_once_however_many_ask() throws Exception {
        AtomicInteger mode = new AtomicInteger();
        try (CapturedLog log = CapturedLog.from(Level.INFO)) {
            App app = start(Runnable::run, App.named("shop").check("db", () -> {
                if (mode.get() == 2) {
                    throw new IllegalStateException("gone");
                }
                return mode.get() == 0;
            }));

            for (int next : new int[] {0, 0, 1, 1, 2, 2, 1, 0, 0}) {
                mode.set(next);
                app.health().ready().join();
            }

            assertThat(log.lines().stream().filter(line -> line.contains("health check")))
                    .containsExactly(
                            "WARN health check 'db' of app 'shop' is down",
                            "WARN health check 'db' of app 'shop' failed",
                            "WARN health check 'db' of app 'shop' is down",
                            "INFO health check 'db' of app 'shop' is up again");
        }
    }

    static List<Throwable> refusals() {
        return List.of(new RejectedExecutionException("full"), new OutOfMemoryError("unable to create native thread"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void a_check_that_nobody_will_run_is_down(Throwable refusal) throws Exception {
        AtomicBoolean full = new AtomicBoolean();
        Executor executor = task -> {
            if (full.get()) {
                if (refusal instanceof Error error) {
                    throw error;
                }
                throw (RuntimeException) refusal;
            }
            task.run();
        };
        try (CapturedLog log = CapturedLog.from(Level.WARN)) {
            App app = start(executor, App.named("shop").check("db", () -> true));
            full.set(true);
            assertThat(db(app.health().ready())).isEqualTo("DOWN {reason=could not run}");
            full.set(false);
            assertThat(db(app.health().ready())).isEqualTo("UP {}");
            assertThat(log.lines()).containsExactly("WARN health check 'db' of app 'shop' could not run");
            assertThat(time.pending()).isZero();
        }
    }

    @Test
    void an_app_that_stops_while_a_check_runs_is_not_ready() throws Exception {
        Slow slow = new Slow();
        List<CompletableFuture<HealthReport>> asked = new ArrayList<>();
        App app = start(threads, App.named("shop").check("db", slow::look).onStopping(ctx -> {
            slow.let(0);
            assertThat(asked.get(0).get(10, TimeUnit.SECONDS))
                    .hasToString("HealthReport[DOWN, stopping, {app=DOWN, db=UP}]");
        }));
        asked.add(app.health().ready());
        slow.awaitInside(0);

        try (CapturedLog log = CapturedLog.from(Level.ERROR)) {
            app.close();
            assertThat(log.lines()).isEmpty();
        }
        assertThat(asked.get(0)).isDone();
    }

    @Test
    void checks_on_the_calling_thread_are_done_when_the_call_returns() {
        List<Thread> ran = new ArrayList<>();
        App app = start(Runnable::run, App.named("shop").check("db", () -> ran.add(Thread.currentThread())));

        assertThat(app.health().ready()).isDone();

        assertThat(ran).containsExactly(Thread.currentThread());
        assertThat(time.pending()).isZero();
    }

    /** A time that a test moves. */
    private static final class Time implements AppClock {

        private final Queue<Later> waiting = new ArrayDeque<>();
        private long nanos;

        private record Later(long due, Runnable task) {}

        @Override
        public synchronized Instant instant() {
            return Instant.EPOCH.plusNanos(nanos);
        }

        @Override
        public synchronized long nanoTime() {
            return nanos;
        }

        @Override
        public synchronized Timeout schedule(Duration delay, Runnable task) {
            Later later = new Later(nanos + delay.toNanos(), task);
            waiting.add(later);
            return () -> {
                synchronized (this) {
                    return waiting.remove(later);
                }
            };
        }

        synchronized int pending() {
            return waiting.size();
        }

        void advance(Duration duration) {
            List<Later> due;
            synchronized (this) {
                nanos += duration.toNanos();
                due = waiting.stream().filter(later -> later.due() <= nanos).toList();
                waiting.removeAll(due);
            }
            due.forEach(later -> later.task().run());
        }
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import dev.cyanotype.exchange.NotFoundException;
import dev.cyanotype.spi.OperationKind;
import dev.cyanotype.spi.TransportException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TasksTest {

    private final List<App> started = new ArrayList<>();
    private final List<String> record = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        started.forEach(App::close);
    }

    private App start(Blueprint.Builder blueprint) {
        App app = App.named("shop").discovery(false).register(blueprint.build()).build();
        started.add(app);
        app.start();
        return app;
    }

    @Nested
    class A_task {

        @Test
        void runs_again_and_again_for_the_first_time_after_one_interval() {
            long before = System.nanoTime();
            List<Long> runs = new CopyOnWriteArrayList<>();

            start(Blueprint.named("a").background("tick", Duration.ofMillis(20), ctx -> runs.add(System.nanoTime())));

            await().until(() -> runs.size() >= 3);
            for (int i = 0; i < 3; i++) {
                assertThat(runs.get(i) - before).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(20 * (i + 1)));
            }
        }

        @Test
        void has_a_context() {
            start(Blueprint.named("a")
                    .background(
                            "tick",
                            Duration.ofMillis(1),
                            ctx -> record.add(ctx.task() + " " + ctx.operation() + " "
                                    + ctx.app() + " " + ctx.correlationId().length() + " "
                                    + Thread.currentThread().getName().startsWith("cyanotype-shop-"))));

            await().until(() -> !record.isEmpty());
            assertThat(record.get(0)).isEqualTo("tick a.tick shop 16 true");
        }

        @Test
        void never_overlaps_itself() {
            AtomicInteger inside = new AtomicInteger();
            AtomicInteger most = new AtomicInteger();
            AtomicInteger runs = new AtomicInteger();

            start(Blueprint.named("a").background("tick", Duration.ofMillis(1), ctx -> {
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                new CountDownLatch(1).await(5, TimeUnit.MILLISECONDS);
                inside.decrementAndGet();
                runs.incrementAndGet();
            }));

            await().until(() -> runs.get() >= 5);
            assertThat(most).hasValue(1);
        }

        @Test
        void that_is_slow_does_not_hold_up_others() throws Exception {
            CountDownLatch done = new CountDownLatch(1);
            try {
                start(Blueprint.named("a")
                        .background("slow", Duration.ofMillis(1), ctx -> done.await())
                        .background("quick", Duration.ofMillis(1), ctx -> record.add("quick")));

                await().until(() -> record.size() >= 3);
            } finally {
                done.countDown();
            }
        }

        @Test
        void goes_on_after_an_error_which_is_logged() {
            AtomicInteger runs = new AtomicInteger();
            try (CapturedLog log = CapturedLog.from(Level.ERROR)) {
                start(Blueprint.named("a").background("tick", Duration.ofMillis(1), ctx -> {
                    if (runs.incrementAndGet() == 1) {
                        throw new IllegalStateException("broken");
                    }
                    if (runs.get() == 2) {
                        throw new AssertionError("worse");
                    }
                }));

                await().until(() -> runs.get() >= 4);
                assertThat(log.lines())
                        .hasSize(2)
                        .allMatch(line -> line.matches("ERROR task a\\.tick failed \\(correlation id [0-9a-f]{16}\\)"));
            }
        }

        @Test
        void hands_its_errors_to_the_handlers_of_its_scope() {
            start(Blueprint.named("a")
                    .error(IllegalStateException.class, (exchange, e) -> record.add(exchange.operation()))
                    .background("tick", Duration.ofMillis(1), ctx -> {
                        throw new IllegalStateException("broken");
                    }));

            await().until(() -> record.size() >= 2);
            assertThat(record).containsOnly("a.tick");
        }

        @Test
        void runs_inside_the_interceptors_of_its_scope() {
            start(Blueprint.named("a")
                    .intercept((exchange, next) -> {
                        record.add("around " + exchange.operation());
                        return next.proceed();
                    })
                    .background("tick", Duration.ofMillis(1), ctx -> record.add("run")));

            await().until(() -> record.size() >= 2);
            assertThat(record).startsWith("around a.tick", "run");
        }

        @Test
        void does_not_run_any_more_once_the_app_has_stopped() {
            AtomicInteger runs = new AtomicInteger();
            AtomicInteger inside = new AtomicInteger();
            App app = start(Blueprint.named("a").background("tick", Duration.ofMillis(1), ctx -> {
                inside.incrementAndGet();
                runs.incrementAndGet();
                inside.decrementAndGet();
            }));
            await().until(() -> runs.get() >= 2);

            app.stop();

            // A run that had begun may still end.
            await().until(() -> inside.get() == 0);
            int atTheEnd = runs.get();
            await().during(Duration.ofMillis(30)).until(() -> runs.get() == atTheEnd);
        }

        @Test
        void under_way_has_the_budget_to_finish() throws Exception {
            CountDownLatch running = new CountDownLatch(1);
            CountDownLatch finish = new CountDownLatch(1);
            App app = App.named("shop")
                    .discovery(false)
                    .background("slow", Duration.ofMillis(1), ctx -> {
                        running.countDown();
                        finish.await(10, TimeUnit.SECONDS);
                        record.add("finished");
                    })
                    .build();
            app.start();
            running.await();

            CompletableFuture<Void> stop = CompletableFuture.runAsync(() -> {
                app.stop(Duration.ofSeconds(10));
                record.add("stopped");
            });
            await().during(Duration.ofMillis(100)).until(() -> !stop.isDone());
            finish.countDown();
            stop.get(10, TimeUnit.SECONDS);

            assertThat(record).containsExactly("finished", "stopped");
        }

        @Test
        void goes_on_after_an_executor_has_rejected_a_run() {
            ExecutorService pool = Executors.newCachedThreadPool();
            AtomicInteger asked = new AtomicInteger();
            AtomicInteger runs = new AtomicInteger();
            try (App app = App.named("shop")
                    .discovery(false)
                    .executor(task -> {
                        if (asked.incrementAndGet() == 2) {
                            throw new RejectedExecutionException("full");
                        }
                        pool.execute(task);
                    })
                    .background("tick", Duration.ofMillis(1), ctx -> runs.incrementAndGet())
                    .build()) {
                app.start();
                await().until(() -> runs.get() >= 3);
            } finally {
                pool.shutdownNow();
            }
        }

        @Test
        void has_its_errors_logged_whatever_their_type() {
            AtomicInteger runs = new AtomicInteger();
            try (CapturedLog log = CapturedLog.from(Level.WARN);
                    App app = App.named("shop")
                            .discovery(false)
                            .background("tick", Duration.ofMillis(50), ctx -> {
                                if (runs.incrementAndGet() == 1) {
                                    throw new NotFoundException("no such file");
                                }
                            })
                            .build()) {
                app.start();
                await().until(() -> runs.get() >= 2);

                assertThat(log.lines())
                        .filteredOn(line -> line.contains("no such file"))
                        .hasSize(1);
            }
        }
    }

    @Test
    void no_transport_carries_tasks() {
        App app = App.named("shop")
                .discovery(false)
                .transport(new FakeTransports().fake("clock", OperationKind.TASK))
                .build();

        assertThatThrownBy(app::start)
                .isInstanceOf(TransportException.class)
                .hasMessage(
                        "transport 'clock' carries tasks, which the app runs itself (expected: [HTTP, ACTION, LISTENER,"
                                + " STREAM, SOCKET, SOCKET_MESSAGE]). Leave them out.");
    }
}

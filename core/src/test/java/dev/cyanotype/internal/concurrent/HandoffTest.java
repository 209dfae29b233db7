/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class HandoffTest {

    private final List<ExecutorService> executors = new ArrayList<>();
    private final List<String> record = new CopyOnWriteArrayList<>();

    /** What an executor was given and has not run. */
    private final Queue<Runnable> given = new ArrayDeque<>();

    private <T extends ExecutorService> T own(T executor) {
        executors.add(executor);
        return executor;
    }

    @AfterEach
    void shutDown() {
        executors.forEach(ExecutorService::shutdownNow);
    }

    private Runnable recording(String line) {
        return () -> record.add(line);
    }

    private void runAllGiven() {
        for (Runnable next = given.poll(); next != null; next = given.poll()) {
            next.run();
        }
    }

    private static void pass(CountDownLatch gate) {
        try {
            assertThat(gate.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Nested
    class Tasks {

        @Test
        void run_on_the_executor() {
            Handoff handoff = new Handoff(given::add);

            handoff.execute(recording("one"));

            assertThat(record).isEmpty();
            runAllGiven();
            assertThat(record).containsExactly("one");
        }

        @Test
        void of_a_burst_run_in_their_order_and_wake_two_threads() {
            AtomicInteger woken = new AtomicInteger();
            Handoff handoff = new Handoff(task -> {
                woken.incrementAndGet();
                given.add(task);
            });
            List<String> all = IntStream.range(0, 100).mapToObj(String::valueOf).toList();

            all.forEach(line -> handoff.execute(recording(line)));
            assertThat(woken).hasValue(1);

            runAllGiven();
            assertThat(record).containsExactlyElementsOf(all);
            assertThat(woken).hasValue(2);
        }

        @Test
        void after_a_burst_wake_a_thread_again() {
            Handoff handoff = new Handoff(given::add);
            handoff.execute(recording("one"));
            handoff.execute(recording("two"));
            runAllGiven();

            handoff.execute(recording("three"));

            assertThat(given).hasSize(1);
            runAllGiven();
            assertThat(record).containsExactly("one", "two", "three");
        }

        @Test
        void that_block_hold_nobody_up() throws Exception {
            Handoff handoff = new Handoff(own(Executors.newCachedThreadPool()));
            CountDownLatch allIn = new CountDownLatch(50);
            CountDownLatch ended = new CountDownLatch(50);

            // None of them ends before all have begun.
            for (int i = 0; i < 50; i++) {
                handoff.execute(() -> {
                    allIn.countDown();
                    pass(allIn);
                    ended.countDown();
                });
            }

            assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
        }

        @Test
        void of_many_producers_all_run_once() throws Exception {
            Handoff handoff = new Handoff(own(Executors.newFixedThreadPool(3)));
            ExecutorService producers = own(Executors.newFixedThreadPool(6));
            int each = 20_000;
            AtomicInteger[] runs = IntStream.range(0, 6 * each)
                    .mapToObj(i -> new AtomicInteger())
                    .toArray(AtomicInteger[]::new);
            CountDownLatch ended = new CountDownLatch(6 * each);

            for (int producer = 0; producer < 6; producer++) {
                int first = producer * each;
                producers.execute(() -> {
                    for (int i = first; i < first + each; i++) {
                        AtomicInteger run = runs[i];
                        handoff.execute(() -> {
                            run.incrementAndGet();
                            ended.countDown();
                        });
                    }
                });
            }

            assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(runs).allMatch(run -> run.get() == 1);
        }

        @Test
        void that_wait_for_the_only_thread_all_run_in_the_end() {
            Handoff handoff = new Handoff(own(Executors.newSingleThreadExecutor()));
            CountDownLatch gate = new CountDownLatch(1);
            handoff.execute(() -> pass(gate));
            for (int i = 0; i < 100; i++) {
                handoff.execute(recording("after"));
            }
            assertThat(record).isEmpty();

            gate.countDown();

            await().untilAsserted(() -> assertThat(record).hasSize(100));
        }

        @Test
        void may_run_on_the_thread_that_brings_them() {
            Handoff handoff = new Handoff(Runnable::run);

            handoff.execute(() -> {
                record.add("outer begins");
                handoff.execute(recording("inner"));
                record.add("outer ends");
            });
            handoff.execute(recording("next"));

            assertThat(record).containsExactly("outer begins", "inner", "outer ends", "next");
        }

        @Test
        void are_something() {
            assertThatThrownBy(() -> new Handoff(Runnable::run).execute(null))
                    .isInstanceOf(NullPointerException.class)
                    .hasMessage("task");
        }
    }

    @Nested
    class A_task_that_throws {

        private final AtomicReference<Throwable> uncaught = new AtomicReference<>();

        private Thread thread(Runnable work) {
            Thread thread = new Thread(work);
            thread.setUncaughtExceptionHandler((t, e) -> uncaught.set(e));
            return thread;
        }

        @Test
        void goes_to_the_handler_of_its_thread_and_the_next_one_runs() throws Exception {
            Handoff handoff = new Handoff(given::add);
            handoff.execute(() -> {
                throw new AssertionError("broken");
            });
            handoff.execute(recording("next"));

            Thread thread = thread(HandoffTest.this::runAllGiven);
            thread.start();
            thread.join();

            assertThat(uncaught.get()).isInstanceOf(AssertionError.class).hasMessage("broken");
            assertThat(record).containsExactly("next");
        }

        @Test
        void does_not_stop_the_next_one_by_a_handler_that_throws_too() throws Exception {
            Handoff handoff = new Handoff(given::add);
            handoff.execute(() -> {
                throw new IllegalStateException("broken");
            });
            handoff.execute(recording("next"));

            // Only the first looks; a second thread would hide it if this one went.
            Thread thread = new Thread(given.remove());
            thread.setUncaughtExceptionHandler((t, e) -> {
                throw new IllegalStateException("broken too");
            });
            thread.start();
            thread.join();

            assertThat(record).containsExactly("next");
        }
    }

    @Nested
    class An_interrupt {

        @Test
        void of_one_task_is_not_seen_by_the_next_and_not_forgotten() throws Exception {
            Handoff handoff = new Handoff(given::add);
            handoff.execute(() -> Thread.currentThread().interrupt());
            handoff.execute(() -> record.add("next " + Thread.currentThread().isInterrupted()));

            Thread thread = new Thread(() -> {
                given.remove().run();
                record.add("at the end " + Thread.currentThread().isInterrupted());
            });
            thread.start();
            thread.join();

            assertThat(record).containsExactly("next false", "at the end true");
        }
    }

    @Nested
    class An_executor_that_rejects {

        private final AtomicInteger accepts = new AtomicInteger();

        /** Takes as many as it accepts. */
        private void take(Runnable task) {
            if (accepts.getAndDecrement() <= 0) {
                throw new RejectedExecutionException("full");
            }
            given.add(task);
        }

        @Test
        void rejects_the_task_and_takes_the_next() {
            Handoff handoff = new Handoff(this::take);
            assertThatThrownBy(() -> handoff.execute(recording("one")))
                    .isInstanceOf(RejectedExecutionException.class)
                    .hasMessage("full");

            accepts.set(10);
            handoff.execute(recording("two"));
            runAllGiven();

            assertThat(record).containsExactly("two");
        }

        @Test
        void with_an_error_rejects_the_task_and_takes_the_next() {
            AtomicInteger calls = new AtomicInteger();
            Handoff handoff = new Handoff(task -> {
                if (calls.getAndIncrement() == 0) {
                    throw new InternalError("unable to create native thread");
                }
                given.add(task);
            });
            assertThatThrownBy(() -> handoff.execute(recording("one")))
                    .isInstanceOf(InternalError.class)
                    .hasMessage("unable to create native thread");

            handoff.execute(recording("two"));
            runAllGiven();

            assertThat(record).containsExactly("two");
        }

        @Test
        void loses_no_task_that_came_meanwhile() {
            AtomicReference<Executor> handoff = new AtomicReference<>();
            AtomicInteger calls = new AtomicInteger();
            handoff.set(new Handoff(task -> {
                if (calls.getAndIncrement() == 0) {
                    // As another thread may do, just before this one learns that it is rejected.
                    handoff.get().execute(recording("meanwhile"));
                    throw new RejectedExecutionException("full");
                }
                given.add(task);
            }));

            assertThatThrownBy(() -> handoff.get().execute(recording("rejected")))
                    .isInstanceOf(RejectedExecutionException.class);
            runAllGiven();

            assertThat(record).containsExactly("meanwhile");
        }

        @Test
        void does_not_reject_what_another_thread_has_taken() throws Exception {
            CountDownLatch running = new CountDownLatch(1);
            CountDownLatch gate = new CountDownLatch(1);
            CountDownLatch taken = new CountDownLatch(1);
            ExecutorService thread = own(Executors.newSingleThreadExecutor());
            AtomicInteger calls = new AtomicInteger();
            Handoff handoff = new Handoff(task -> {
                if (calls.getAndIncrement() > 0) {
                    // The busy thread ends its task just now, and looks for the next.
                    gate.countDown();
                    pass(taken);
                    throw new RejectedExecutionException("full");
                }
                thread.execute(task);
            });
            handoff.execute(() -> {
                running.countDown();
                pass(gate);
            });
            pass(running);

            handoff.execute(taken::countDown);

            assertThat(calls).hasValue(2);
        }

        @Test
        void leaves_the_rest_to_the_thread_there_is() {
            Handoff handoff = new Handoff(this::take);
            accepts.set(1);
            handoff.execute(recording("one"));
            handoff.execute(recording("two"));
            handoff.execute(recording("three"));

            runAllGiven();

            assertThat(record).containsExactly("one", "two", "three");
        }

        @Test
        void loses_nothing_that_it_has_not_rejected() throws Exception {
            Handoff handoff = new Handoff(
                    own(new ThreadPoolExecutor(1, 2, 1, TimeUnit.MILLISECONDS, new LinkedBlockingQueue<>(2))));
            ExecutorService producers = own(Executors.newFixedThreadPool(4));
            AtomicInteger rejected = new AtomicInteger();
            AtomicInteger ran = new AtomicInteger();
            CountDownLatch produced = new CountDownLatch(4);

            for (int producer = 0; producer < 4; producer++) {
                producers.execute(() -> {
                    for (int i = 0; i < 5_000; i++) {
                        try {
                            handoff.execute(() -> {
                                if (ThreadLocalRandom.current().nextInt(16) == 0) {
                                    Thread.yield();
                                }
                                ran.incrementAndGet();
                            });
                        } catch (RejectedExecutionException e) {
                            rejected.incrementAndGet();
                        }
                    }
                    produced.countDown();
                });
            }

            assertThat(produced.await(30, TimeUnit.SECONDS)).isTrue();
            await().untilAsserted(() -> assertThat(ran.get() + rejected.get()).isEqualTo(20_000));
        }
    }
}

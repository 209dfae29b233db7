/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.socket;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LaneTest {

    private final List<String> record = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();

    /** What was given to the executor, to be run when a test likes. */
    private final Queue<Runnable> given = new ArrayDeque<>();

    private boolean rejecting;

    private final Lane lane = lane(task -> {
        if (rejecting) {
            throw new RejectedExecutionException("full");
        }
        given.add(task);
    });

    private Lane lane(Executor executor) {
        return new Lane(executor, failures::add);
    }

    private void run() {
        for (Runnable next = given.poll(); next != null; next = given.poll()) {
            next.run();
        }
    }

    private Supplier<CompletableFuture<?>> noting(String what) {
        return () -> {
            record.add(what);
            return Conversation.DONE;
        };
    }

    private Supplier<CompletableFuture<?>> later(String what, CompletableFuture<?> done) {
        return () -> {
            record.add(what);
            return done;
        };
    }

    @Test
    void nothing_is_done_on_the_thread_that_adds_it() {
        lane.add(noting("a"));
        lane.add(noting("b"));
        assertThat(record).isEmpty();
        assertThat(given).hasSize(1);

        run();

        assertThat(record).containsExactly("a", "b");
    }

    @Test
    void what_waits_is_done_when_the_future_before_it_is() {
        CompletableFuture<Void> first = new CompletableFuture<>();
        lane.add(later("a", first));
        lane.add(noting("b"));
        run();
        lane.add(noting("c"));
        assertThat(given).isEmpty();
        assertThat(record).containsExactly("a");

        first.complete(null);
        assertThat(record).containsExactly("a");
        run();

        assertThat(record).containsExactly("a", "b", "c");
    }

    @Test
    void it_starts_again_after_a_rest() {
        lane.add(noting("a"));
        run();
        lane.add(noting("b"));
        run();

        assertThat(record).containsExactly("a", "b");
    }

    @Test
    void what_is_added_by_a_piece_of_work_comes_behind_it() {
        Lane direct = lane(Runnable::run);
        direct.add(() -> {
            direct.add(noting("b"));
            record.add("a");
            return Conversation.DONE;
        });

        assertThat(record).containsExactly("a", "b");
    }

    @Test
    void an_executor_that_rejects_is_told_to_who_adds_and_the_work_is_not_done_later() {
        rejecting = true;
        assertThatThrownBy(() -> lane.add(noting("a"))).isInstanceOf(RejectedExecutionException.class);

        rejecting = false;
        lane.add(noting("b"));
        run();

        assertThat(record).containsExactly("b");
        assertThat(failures).isEmpty();
    }

    @Test
    void an_executor_that_rejects_later_is_told_of() {
        CompletableFuture<Void> first = new CompletableFuture<>();
        lane.add(later("a", first));
        lane.add(noting("b"));
        run();
        rejecting = true;

        first.complete(null);

        assertThat(failures).singleElement().isInstanceOf(RejectedExecutionException.class);
        rejecting = false;
        lane.add(noting("c"));
        run();
        assertThat(record).containsExactly("a", "c");
    }

    @Test
    void work_that_fails_against_its_promise_holds_up_nothing_behind_it() {
        lane.add(() -> {
            throw new StackOverflowError("deep");
        });
        lane.add(later("a", CompletableFuture.failedFuture(new IllegalStateException("wrong"))));
        lane.add(noting("b"));

        run();

        assertThat(record).containsExactly("a", "b");
        assertThat(failures).singleElement().isInstanceOf(StackOverflowError.class);
    }

    @Test
    void an_interrupt_reaches_no_other_piece_of_work_but_the_thread() {
        lane.add(() -> {
            Thread.currentThread().interrupt();
            return Conversation.DONE;
        });
        lane.add(() -> {
            record.add("interrupted: " + Thread.currentThread().isInterrupted());
            return Conversation.DONE;
        });

        run();

        assertThat(record).containsExactly("interrupted: false");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void one_thing_is_done_at_a_time_and_none_is_lost_whoever_adds() throws Exception {
        int threads = 4;
        int each = 5000;
        AtomicInteger running = new AtomicInteger();
        AtomicInteger together = new AtomicInteger();
        CountDownLatch left = new CountDownLatch(threads * each);
        ExecutorService executor = Executors.newFixedThreadPool(4);
        try {
            Lane busy = lane(executor);
            List<List<Integer>> done = IntStream.range(0, threads)
                    .<List<Integer>>mapToObj(i -> new ArrayList<>())
                    .toList();
            IntStream.range(0, threads)
                    .forEach(thread -> new Thread(() -> {
                                for (int i = 0; i < each; i++) {
                                    int number = i;
                                    busy.add(() -> {
                                        if (running.incrementAndGet() > 1) {
                                            together.incrementAndGet();
                                        }
                                        done.get(thread).add(number);
                                        running.decrementAndGet();
                                        left.countDown();
                                        return number % 3 == 0
                                                ? CompletableFuture.runAsync(() -> {}, executor)
                                                : Conversation.DONE;
                                    });
                                }
                            })
                            .start());

            assertThat(left.await(30, SECONDS)).isTrue();
            assertThat(together).hasValue(0);
            assertThat(done)
                    .allSatisfy(numbers -> assertThat(numbers)
                            .isEqualTo(IntStream.range(0, each).boxed().toList()));
        } finally {
            executor.shutdownNow();
        }
    }
}

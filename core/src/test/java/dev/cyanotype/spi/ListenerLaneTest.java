/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.spi;

import static dev.cyanotype.spi.Lanes.offer;
import static dev.cyanotype.spi.Lanes.offerAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import dev.cyanotype.CapturedLog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

class ListenerLaneTest {

    private final Lanes lanes = new Lanes();
    private final List<ExecutorService> executors = new ArrayList<>();

    private ExecutorService own(ExecutorService executor) {
        executors.add(executor);
        return executor;
    }

    @AfterEach
    void shutDown() {
        executors.forEach(ExecutorService::shutdownNow);
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(String::valueOf).toList();
    }

    private static void pass(CountDownLatch gate) {
        try {
            assertThat(gate.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Nested
    class Messages {

        @Test
        void are_heard_on_the_executor_and_by_one_thread() {
            ListenerLane lane = lanes.lane();

            offerAll(lane, 1, 100);

            assertThat(lanes.record).isEmpty();
            assertThat(lanes.given).hasSize(1);
            lanes.runAllGiven();
            assertThat(lanes.record).containsExactlyElementsOf(numbers(1, 100));
            offer(lane, "next");
            lanes.runAllGiven();
            assertThat(lanes.record).endsWith("100", "next");
            assertThat(lane.dropped()).isZero();
            assertThat(lane.listener().address()).isEqualTo("x");
        }

        @Test
        void are_heard_in_their_order_and_one_at_a_time() {
            lanes.executor = own(Executors.newCachedThreadPool());
            AtomicInteger inside = new AtomicInteger();
            AtomicInteger most = new AtomicInteger();
            lanes.hearing = message -> {
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                lanes.record.add(message.asString());
                inside.decrementAndGet();
                return CompletableFuture.completedFuture(null);
            };
            ListenerLane lane = lanes.lane();

            offerAll(lane, 1, 5_000);

            await().until(() -> lanes.record.size() >= 5_000);
            assertThat(lanes.record).containsExactlyElementsOf(numbers(1, 5_000));
            assertThat(most).hasValue(1);
        }

        @Test
        void of_several_senders_are_all_heard_each_senders_in_their_order() throws Exception {
            lanes.executor = own(Executors.newCachedThreadPool());
            ListenerLane lane = lanes.lane();
            ExecutorService senders = own(Executors.newFixedThreadPool(4));

            for (String sender : List.of("a", "b", "c", "d")) {
                senders.execute(() -> numbers(1, 1_000).forEach(n -> offer(lane, sender + n)));
            }

            await().until(() -> lanes.record.size() == 4_000);
            for (String sender : List.of("a", "b", "c", "d")) {
                assertThat(lanes.record.stream().filter(heard -> heard.startsWith(sender)))
                        .containsExactlyElementsOf(
                                numbers(1, 1_000).stream().map(n -> sender + n).toList());
            }
            assertThat(lane.awaitEmpty(Duration.ofSeconds(10))).isTrue();
        }

        @Test
        void are_heard_by_as_many_at_once_as_is_allowed_and_no_more() {
            lanes.executor = own(Executors.newCachedThreadPool());
            CountDownLatch four = new CountDownLatch(4);
            AtomicInteger inside = new AtomicInteger();
            AtomicInteger most = new AtomicInteger();
            lanes.hearing = message -> {
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                four.countDown();
                pass(four);
                lanes.record.add(message.asString());
                inside.decrementAndGet();
                return CompletableFuture.completedFuture(null);
            };
            ListenerLane lane = lanes.lane(options -> options.concurrency(4));

            offerAll(lane, 1, 1_000);

            await().until(() -> lanes.record.size() == 1_000);
            assertThat(lanes.record).containsExactlyInAnyOrderElementsOf(numbers(1, 1_000));
            assertThat(most).hasValue(4);
        }

        @Test
        void are_made_where_they_are_heard_and_may_turn_out_to_be_none() throws Exception {
            ListenerLane lane = lanes.lane();

            assertThat(lane.offer(() -> {
                        lanes.record.add("made");
                        return null;
                    }))
                    .isTrue();
            offer(lane, "next");

            assertThat(lanes.record).isEmpty();
            lanes.runAllGiven();
            assertThat(lanes.record).containsExactly("made", "next");
        }

        @Test
        void that_can_not_be_made_are_logged_and_the_next_is_heard() throws Exception {
            try (CapturedLog log = CapturedLog.from(Level.ERROR)) {
                ListenerLane lane = lanes.lane();
                lane.offer(() -> {
                    throw new StackOverflowError("too deep");
                });
                offer(lane, "next");

                lanes.runAllGiven();

                assertThat(lanes.record).containsExactly("next");
                assertThat(log.lines()).containsExactly("ERROR listener of 'x' (A.java:1) failed");
            }
        }

        @Test
        void are_something() {
            assertThatThrownBy(() -> lanes.lane().offer(null))
                    .isInstanceOf(NullPointerException.class)
                    .hasMessage("message");
        }

        @Test
        void sent_by_the_listener_itself_do_not_pile_up_on_its_stack() {
            lanes.executor = Runnable::run;
            AtomicInteger heard = new AtomicInteger();
            List<ListenerLane> lane = new ArrayList<>();
            lanes.hearing = message -> {
                if (heard.incrementAndGet() < 100_000) {
                    offer(lane.get(0), "next");
                }
                return CompletableFuture.completedFuture(null);
            };
            lane.add(lanes.lane());

            offer(lane.get(0), "first");

            assertThat(heard).hasValue(100_000);
        }
    }

    @Nested
    class Hearing_that_ends_later {

        private final List<CompletableFuture<Void>> ends = new ArrayList<>();

        private ListenerLane lane(int concurrency) {
            lanes.hearing = message -> {
                lanes.record.add(message.asString());
                CompletableFuture<Void> end = new CompletableFuture<>();
                ends.add(end);
                return end;
            };
            return lanes.lane(options -> options.concurrency(concurrency));
        }

        @Test
        void keeps_the_next_message_waiting_but_no_thread() {
            ListenerLane lane = lane(1);
            offerAll(lane, 1, 2);
            lanes.runAllGiven();
            assertThat(lanes.record).containsExactly("1");

            offer(lane, 3);
            lanes.runAllGiven();
            assertThat(lanes.record).containsExactly("1");

            ends.get(0).complete(null);
            assertThat(lanes.record).containsExactly("1");
            lanes.runAllGiven();
            assertThat(lanes.record).containsExactly("1", "2");

            ends.get(1).completeExceptionally(new IllegalStateException("as a dispatcher never does"));
            lanes.runAllGiven();
            assertThat(lanes.record).containsExactly("1", "2", "3");
        }

        @Test
        void counts_towards_how_many_are_heard_at_once() {
            ListenerLane lane = lane(2);
            offerAll(lane, 1, 4);
            lanes.runAllGiven();
            assertThat(lanes.record).containsExactly("1", "2");

            ends.get(1).complete(null);
            lanes.runAllGiven();

            assertThat(lanes.record).containsExactly("1", "2", "3");
        }

        @Test
        void is_waited_for() throws Exception {
            ListenerLane lane = lane(1);
            offer(lane, 1);
            lanes.runAllGiven();
            assertThat(lane.awaitEmpty(Duration.ZERO)).isFalse();

            ends.get(0).complete(null);
            lanes.runAllGiven();

            assertThat(lane.awaitEmpty(Duration.ZERO)).isTrue();
        }

        @Test
        void and_then_finds_no_thread_loses_what_waits() throws Exception {
            try (CapturedLog log = CapturedLog.from(Level.ERROR)) {
                ListenerLane lane = lane(1);
                offerAll(lane, 1, 3);
                lanes.runAllGiven();
                lanes.executor = task -> {
                    throw new RejectedExecutionException("full");
                };

                ends.get(0).complete(null);

                assertThat(log.lines())
                        .containsExactly("ERROR listener of 'x' (A.java:1): the executor takes no work, so 2 waiting"
                                + " messages are lost");
                assertThat(lane.dropped()).isEqualTo(2);
                assertThat(lane.awaitEmpty(Duration.ZERO)).isTrue();
            }
        }
    }

    @Nested
    class An_executor_that_takes_no_work {

        private final AtomicInteger accepts = new AtomicInteger();

        private ListenerLane lane(int concurrency, Throwable refusal) {
            lanes.executor = task -> {
                if (accepts.getAndDecrement() <= 0) {
                    Lanes.<RuntimeException>sneak(refusal);
                }
                lanes.given.add(task);
            };
            return lanes.lane(options -> options.concurrency(concurrency));
        }

        @Test
        void loses_the_message_and_the_listener_is_told_by_the_next() throws Exception {
            try (CapturedLog log = CapturedLog.from(Level.ERROR)) {
                ListenerLane lane = lane(1, new RejectedExecutionException("full"));

                assertThat(offer(lane, 1)).isFalse();

                assertThat(log.lines())
                        .containsExactly("ERROR listener of 'x' (A.java:1): the executor takes no work, so 1 waiting"
                                + " messages are lost");
                assertThat(lane.dropped()).isEqualTo(1);
                assertThat(lane.awaitEmpty(Duration.ZERO)).isTrue();
                accepts.set(1);
                assertThat(offer(lane, 2)).isTrue();
                lanes.runAllGiven();
                assertThat(lanes.record).containsExactly("gap", "2");
            }
        }

        @Test
        void because_there_is_no_further_thread_is_no_different() {
            ListenerLane lane = lane(1, new Error("unable to create native thread"));
            assertThat(offer(lane, 1)).isFalse();

            accepts.set(1);
            offer(lane, 2);
            lanes.runAllGiven();

            assertThat(lanes.record).containsExactly("gap", "2");
        }

        @Test
        void loses_nothing_while_another_thread_sees_to_it() {
            try (CapturedLog log = CapturedLog.from(Level.WARN)) {
                ListenerLane lane = lane(3, new RejectedExecutionException("full"));
                accepts.set(1);

                for (int n = 1; n <= 5; n++) {
                    assertThat(offer(lane, n)).isTrue();
                }
                lanes.runAllGiven();

                assertThat(lanes.record).containsExactly("1", "2", "3", "4", "5");
                assertThat(log.lines()).isEmpty();
            }
        }

        @Test
        void does_not_lose_a_gap() {
            ListenerLane lane = lane(1, new RejectedExecutionException("full"));
            lane.missed(Instant.EPOCH, Instant.EPOCH);

            accepts.set(1);
            offer(lane, 1);
            lanes.runAllGiven();

            assertThat(lanes.record).containsExactly("gap", "1");
        }
    }

    @Nested
    class An_interrupt {

        @Test
        void of_a_listener_is_not_seen_with_the_next_message_and_not_forgotten() throws Exception {
            lanes.hearing = message -> {
                lanes.record.add(
                        message.asString() + " " + Thread.currentThread().isInterrupted());
                Thread.currentThread().interrupt();
                return CompletableFuture.completedFuture(null);
            };
            offerAll(lanes.lane(), 1, 2);

            Thread thread = new Thread(() -> {
                lanes.runAllGiven();
                lanes.record.add("at the end " + Thread.currentThread().isInterrupted());
            });
            thread.start();
            thread.join();

            assertThat(lanes.record).containsExactly("1 false", "2 false", "at the end true");
        }
    }

    @Nested
    class The_end {

        @Test
        void loses_what_waits_and_says_so() throws Exception {
            try (CapturedLog log = CapturedLog.from(Level.WARN)) {
                ListenerLane lane = lanes.lane();
                offerAll(lane, 1, 3);

                assertThat(lane.close()).isEqualTo(3);
                assertThat(lane.close()).isZero();

                lanes.runAllGiven();
                assertThat(lanes.record).isEmpty();
                assertThat(lane.dropped()).isEqualTo(3);
                assertThat(lane.awaitEmpty(Duration.ZERO)).isTrue();
                assertThat(log.lines())
                        .containsExactly("WARN listener of 'x' (A.java:1): 3 messages that waited for it are lost,"
                                + " because the app has ended");
            }
        }

        @Test
        void is_also_that_of_further_messages_and_gaps() throws Exception {
            ListenerLane lane = lanes.lane();
            lane.close();

            assertThat(offer(lane, 1)).isFalse();
            lane.missed(Instant.EPOCH, Instant.EPOCH);

            assertThat(lanes.given).isEmpty();
            assertThat(lane.awaitEmpty(Duration.ZERO)).isTrue();
        }

        @Test
        void is_waited_for_until_the_budget_is_spent() throws Exception {
            ListenerLane lane = lanes.lane();
            offer(lane, 1);

            assertThat(lane.awaitEmpty(Duration.ofMillis(20))).isFalse();
            CompletableFuture<Boolean> empty = CompletableFuture.supplyAsync(() -> {
                try {
                    return lane.awaitEmpty(Duration.ofSeconds(20));
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
            lanes.runAllGiven();
            assertThat(empty.get(20, TimeUnit.SECONDS)).isTrue();
        }

        @Test
        void is_not_waited_for_by_a_thread_that_is_interrupted() {
            ListenerLane lane = lanes.lane();
            offer(lane, 1);

            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> lane.awaitEmpty(Duration.ofSeconds(20))).isInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void a_listener_is_called_with_the_tree_that_was_offered() throws Exception {
        ListenerLane lane = lanes.lane();
        lane.offer(() -> JsonNodeFactory.instance.objectNode().put("n", 1));
        lanes.hearing = message -> {
            lanes.record.add(message.toString());
            return CompletableFuture.completedFuture(null);
        };

        lanes.runAllGiven();

        assertThat(lanes.record).containsExactly("{\"n\":1}");
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import dev.cyanotype.CapturedLog;
import dev.cyanotype.internal.concurrent.InFlight;
import dev.cyanotype.message.ConsumerOptions;
import dev.cyanotype.message.MessagingException;
import dev.cyanotype.spi.FakeConsumer;
import dev.cyanotype.spi.FakeContext;
import dev.cyanotype.spi.Reply;
import dev.cyanotype.spi.StreamEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class LocalStreamsTest {

    private static final Duration MOMENT = Duration.ofMillis(1);

    private final List<String> record = new CopyOnWriteArrayList<>();
    private final Queue<Runnable> given = new ConcurrentLinkedQueue<>();
    private volatile Executor executor = given::add;

    /** What handling an entry is, after it was recorded. */
    private volatile Function<StreamEntry, CompletableFuture<Reply>> handling = entry -> replying(200, "");

    private final FakeContext context = new FakeContext(task -> executor.execute(task)).onEntry(entry -> {
        record.add(entry.value().path("n").asString() + "/" + entry.deliveries());
        return handling.apply(entry);
    });

    private static CompletableFuture<Reply> replying(int status, String error) {
        return CompletableFuture.completedFuture(
                new Reply(status, JsonNodeFactory.instance.objectNode().put("error", error)));
    }

    private LocalStreams streams(Consumer<ConsumerOptions.Builder> options) {
        ConsumerOptions.Builder builder =
                ConsumerOptions.builder().maxDeliveries(3).retries(MOMENT, MOMENT);
        options.accept(builder);
        context.with(new FakeConsumer("orders", "stock", builder.build()));
        return new LocalStreams(context);
    }

    private LocalStreams streams() {
        return streams(options -> {});
    }

    /** Consumes the dead letters of the stream, too. */
    private LocalStreams streamsWithLetters() {
        context.with(new FakeConsumer(
                "{orders}:dead", "digger", ConsumerOptions.builder().build()));
        return streams();
    }

    private static ObjectNode entry(int n) {
        return JsonNodeFactory.instance.objectNode().put("n", n);
    }

    private static String append(LocalStreams streams, int n) {
        return append(streams, n, null);
    }

    private static String append(LocalStreams streams, int n, @Nullable String key) {
        return streams.append("orders", key, entry(n));
    }

    private void runAllGiven() {
        for (Runnable next = given.poll(); next != null; next = given.poll()) {
            next.run();
        }
    }

    private static boolean isEmpty(LocalStreams streams) throws InterruptedException {
        return streams.awaitEmpty(System.nanoTime());
    }

    @Nested
    class An_entry {

        @Test
        void is_handled_on_the_executor_in_its_order() {
            LocalStreams streams = streams();

            append(streams, 1);
            append(streams, 2);
            append(streams, 3);

            assertThat(record).isEmpty();
            assertThat(given).hasSize(1);
            runAllGiven();
            assertThat(record).containsExactly("1/1", "2/1", "3/1");
        }

        @Test
        void of_another_stream_is_not_handled() {
            streams().append("other", null, entry(1));

            assertThat(given).isEmpty();
        }

        @Test
        void has_an_identifier_like_those_of_redis_that_rises() {
            LocalStreams streams = streams();
            long before = System.currentTimeMillis();

            String first = append(streams, 1);
            String second = append(streams, 2);

            assertThat(first).matches("[0-9]{13}-[0-9]+");
            assertThat(Long.parseLong(first.substring(0, 13))).isBetween(before, System.currentTimeMillis());
            assertThat(second).isNotEqualTo(first);
        }

        @Test
        void is_handled_in_the_order_of_the_identifiers_whoever_adds_it() throws Exception {
            List<String> ids = new ArrayList<>();
            handling = entry -> {
                ids.add(entry.id());
                return replying(200, "");
            };
            LocalStreams streams = streams();
            List<Thread> adding = new ArrayList<>();
            for (int n = 0; n < 4; n++) {
                adding.add(new Thread(() -> IntStream.range(0, 5_000).forEach(i -> append(streams, i))));
            }
            adding.forEach(Thread::start);
            for (Thread thread : adding) {
                thread.join();
            }

            runAllGiven();

            assertThat(ids)
                    .hasSize(20_000)
                    .doesNotHaveDuplicates()
                    .isSortedAccordingTo(
                            Comparator.comparing((String id) -> Long.valueOf(id.substring(0, id.indexOf('-'))))
                                    .thenComparing(id -> Integer.valueOf(id.substring(id.indexOf('-') + 1))));
        }

        @Test
        void is_another_tree_in_each_delivery_and_each_group() {
            context.with(new FakeConsumer(
                    "orders", "billing", ConsumerOptions.builder().build()));
            handling = entry -> {
                String before = entry.value().toString();
                ((ObjectNode) entry.value()).put("changed", true);
                record.add(before);
                return replying(entry.deliveries() == 1 ? 500 : 200, "");
            };
            LocalStreams streams = streams();

            ObjectNode value = entry(1);
            streams.append("orders", null, value);
            value.put("changed", true);
            await().until(() -> {
                runAllGiven();
                return record.contains("1/2");
            });

            assertThat(record).contains("{\"n\":1}").doesNotContain("{\"n\":1,\"changed\":true}");
        }

        @Test
        void added_by_its_own_consumer_does_not_pile_up_on_the_stack() {
            executor = Runnable::run;
            AtomicInteger count = new AtomicInteger();
            List<LocalStreams> streams = new ArrayList<>();
            handling = entry -> {
                record.clear();
                if (count.incrementAndGet() < 20_000) {
                    append(streams.get(0), 1);
                }
                return replying(200, "");
            };
            streams.add(streams());

            append(streams.get(0), 1);

            assertThat(count).hasValue(20_000);
        }

        @Test
        void is_refused_where_too_many_wait() {
            LocalStreams streams = streams();
            for (int n = 0; n < 100_000; n++) {
                append(streams, n);
            }

            MessagingException refusal = catchThrowableOfType(MessagingException.class, () -> append(streams, 1));

            assertThat(refusal)
                    .hasMessage("append to 'orders': 100000 entries wait for group 'stock' in this process already");
            assertThat(refusal.reason()).isEqualTo(MessagingException.Reason.QUEUE_FULL);
        }
    }

    @Nested
    class An_entry_that_fails {

        @Test
        void is_tried_again_until_it_is_a_dead_letter() throws Exception {
            try (CapturedLog log = CapturedLog.from(Level.WARN)) {
                executor = Runnable::run;
                List<String> letters = new CopyOnWriteArrayList<>();
                handling = entry -> {
                    if (entry.value().has("reason")) {
                        letters.add(entry.value().toString());
                        return replying(200, "");
                    }
                    return replying(503, "busy");
                };

                String id = append(streamsWithLetters(), 7);

                await().until(() -> !letters.isEmpty());
                assertThat(letters)
                        .containsExactly("{\"stream\":\"orders\",\"group\":\"stock\",\"id\":\"" + id
                                + "\",\"deliveries\":3,\"reason\":\"busy\",\"entry\":{\"n\":7}}");
                assertThat(record).startsWith("7/1", "7/2", "7/3");
                await().untilAsserted(() -> assertThat(log.lines())
                        .containsExactly("ERROR stream orders for stock: entry " + id
                                + " was tried 3 times and is a dead letter in '{orders}:dead' now"));
            }
        }

        @Test
        void rests_longer_each_time() {
            executor = Runnable::run;
            List<Long> times = new CopyOnWriteArrayList<>();
            handling = entry -> {
                times.add(System.nanoTime());
                return replying(500, "");
            };
            LocalStreams streams =
                    streams(options -> options.maxDeliveries(4).retries(Duration.ofMillis(40), Duration.ofMillis(100)));

            append(streams, 1);

            await().until(() -> times.size() == 4);
            assertThat(Duration.ofNanos(times.get(1) - times.get(0))).isGreaterThanOrEqualTo(Duration.ofMillis(40));
            assertThat(Duration.ofNanos(times.get(2) - times.get(1))).isGreaterThanOrEqualTo(Duration.ofMillis(80));
            assertThat(Duration.ofNanos(times.get(3) - times.get(2))).isGreaterThanOrEqualTo(Duration.ofMillis(100));
        }

        @Test
        void lets_others_be_handled_meanwhile() {
            handling = entry -> replying(entry.value().path("n").asInt() == 1 ? 500 : 200, "");
            LocalStreams streams = streams(options -> options.retries(Duration.ofHours(1), Duration.ofHours(1)));

            append(streams, 1);
            append(streams, 2);
            runAllGiven();

            assertThat(record).containsExactly("1/1", "2/1");
        }

        @Test
        void for_good_is_a_dead_letter_at_once_though_nobody_reads_it() {
            try (CapturedLog log = CapturedLog.from(Level.WARN)) {
                handling = entry -> replying(422, "no");
                String id = append(streams(options -> options.deadLetters("graveyard")), 1);

                runAllGiven();

                assertThat(record).containsExactly("1/1");
                assertThat(log.lines())
                        .containsExactly("ERROR stream orders for stock: entry " + id
                                + " was tried 1 times and is a dead letter in 'graveyard' now");
            }
        }

        @Test
        void is_tried_again_while_there_is_no_room_for_dead_letters() {
            try (CapturedLog log = CapturedLog.from(Level.WARN)) {
                handling = entry -> replying(422, "no");
                LocalStreams streams = streamsWithLetters();
                executor = task -> {};
                for (int n = 0; n < 100_000; n++) {
                    streams.append("{orders}:dead", null, entry(n));
                }
                executor = Runnable::run;

                String id = append(streams, 1);

                await().until(() -> record.contains("1/2"));
                assertThat(log.lines())
                        .startsWith("ERROR stream orders for stock: entry " + id
                                + " can't become a dead letter, so it is tried again: append to '{orders}:dead':"
                                + " 100000 entries wait for group 'digger' in this process already");
                streams.close();
            }
        }

        @Test
        void in_a_way_that_no_dispatcher_does_is_not_lost() {
            try (CapturedLog log = CapturedLog.from(Level.ERROR)) {
                executor = Runnable::run;
                handling = entry -> switch (entry.deliveries()) {
                    case 1 -> throw new StackOverflowError("broken");
                    case 2 -> CompletableFuture.failedFuture(new IllegalStateException("broken"));
                    default -> replying(200, "");
                };

                append(streams(), 1);

                await().until(() -> record.size() == 3);
                assertThat(record).containsExactly("1/1", "1/2", "1/3");
                assertThat(log.lines())
                        .containsExactly(
                                "ERROR stream orders for stock: an entry could not be dispatched",
                                "ERROR stream orders for stock: an entry could not be dispatched");
            }
        }
    }

    @Nested
    class A_key {

        @Test
        void is_handled_once() {
            LocalStreams streams = streams();
            append(streams, 1, "a");
            append(streams, 2, "a");
            runAllGiven();
            append(streams, 3, "a");
            append(streams, 4, "b");
            append(streams, 5, null);
            runAllGiven();

            assertThat(record).containsExactly("1/1", "4/1", "5/1");
        }

        @Test
        void is_handled_once_also_where_several_entries_are_handled_at_once() throws Exception {
            List<CompletableFuture<Reply>> replies = new ArrayList<>();
            handling = entry -> {
                CompletableFuture<Reply> reply = new CompletableFuture<>();
                replies.add(reply);
                return reply;
            };
            LocalStreams streams = streams(options -> options.concurrency(4));
            append(streams, 1, "a");
            append(streams, 2, "a");
            append(streams, 3, "b");
            runAllGiven();
            assertThat(record).containsExactly("1/1", "3/1");
            assertThat(isEmpty(streams)).isFalse();

            replies.forEach(reply -> reply.complete(replying(200, "").join()));
            runAllGiven();

            assertThat(record).containsExactly("1/1", "3/1");
            assertThat(isEmpty(streams)).isTrue();
        }

        @Test
        void that_was_not_handled_is_that_of_the_next_entry_that_has_it() {
            CompletableFuture<Reply> first = new CompletableFuture<>();
            handling = entry -> entry.value().path("n").asInt() == 1 ? first : replying(200, "");
            LocalStreams streams = streams(options -> options.concurrency(2));
            append(streams, 1, "a");
            append(streams, 2, "a");
            append(streams, 3, "a");
            append(streams, 4);
            runAllGiven();
            assertThat(record).containsExactly("1/1", "4/1");

            first.complete(replying(422, "no").join());
            runAllGiven();

            assertThat(record).containsExactly("1/1", "4/1", "2/1");
        }

        @Test
        void that_another_entry_has_meanwhile_handled_is_not_tried_again() throws Exception {
            handling = entry -> replying(entry.deliveries() == 1 && !isSecond(entry) ? 500 : 200, "");
            LocalStreams streams = streams();
            append(streams, 1, "a");
            append(streams, 2, "a");
            append(streams, 3);

            // What failed after it, and rests as long, is back.
            await().until(() -> {
                runAllGiven();
                return record.contains("3/2");
            });

            assertThat(record).containsExactly("1/1", "2/1", "3/1", "3/2");
            assertThat(isEmpty(streams)).isTrue();
        }

        private static boolean isSecond(StreamEntry entry) {
            return entry.value().path("n").asInt() == 2;
        }

        @Test
        void is_remembered_until_ten_thousand_others_came() {
            LocalStreams streams = streams();
            for (int n = 0; n <= 10_000; n++) {
                append(streams, n, "key " + n);
            }
            runAllGiven();
            record.clear();

            append(streams, 0, "key 0");
            append(streams, 10_000, "key 10000");
            runAllGiven();

            assertThat(record).containsExactly("0/1");
        }
    }

    @Nested
    class Handling_that_ends_later {

        private final List<CompletableFuture<Reply>> replies = new CopyOnWriteArrayList<>();

        private LocalStreams later(int concurrency) {
            handling = entry -> {
                CompletableFuture<Reply> reply = new CompletableFuture<>();
                replies.add(reply);
                return reply;
            };
            return streams(options -> options.concurrency(concurrency));
        }

        @Test
        void keeps_the_next_entry_waiting_but_no_thread() throws Exception {
            LocalStreams streams = later(1);
            append(streams, 1);
            append(streams, 2);
            runAllGiven();
            assertThat(record).containsExactly("1/1");
            assertThat(isEmpty(streams)).isFalse();

            replies.get(0).complete(replying(200, "").join());
            runAllGiven();
            assertThat(record).containsExactly("1/1", "2/1");
        }

        @Test
        void counts_towards_how_many_are_handled_at_once() {
            LocalStreams streams = later(2);
            for (int n = 1; n <= 4; n++) {
                append(streams, n);
            }
            runAllGiven();

            assertThat(record).containsExactly("1/1", "2/1");
        }
    }

    @Nested
    class An_executor_that_takes_no_work {

        @Test
        void is_asked_again_and_nothing_is_lost() throws Exception {
            try (CapturedLog log = CapturedLog.from(Level.WARN)) {
                AtomicInteger refusals = new AtomicInteger();
                executor = task -> {
                    refusals.incrementAndGet();
                    throw new RejectedExecutionException("full");
                };
                LocalStreams streams = streams();
                for (int n = 1; n <= 3; n++) {
                    append(streams, n);
                }
                assertThat(refusals).hasValue(1);
                assertThat(log.lines())
                        .containsExactly("WARN stream orders for stock: the executor takes no work, so it is asked"
                                + " again in 500 ms");
                assertThat(isEmpty(streams)).isFalse();

                executor = Runnable::run;

                assertThat(streams.awaitEmpty(InFlight.deadline(Duration.ofSeconds(20))))
                        .isTrue();
                assertThat(record).containsExactly("1/1", "2/1", "3/1");
            }
        }

        @Test
        void is_not_asked_again_while_another_thread_sees_to_it() throws Exception {
            try (CapturedLog log = CapturedLog.from(Level.WARN)) {
                LocalStreams streams = streams(options -> options.concurrency(3));
                append(streams, 1);
                executor = task -> {
                    throw new Error("no further thread");
                };
                append(streams, 2);
                append(streams, 3);

                runAllGiven();

                assertThat(record).containsExactly("1/1", "2/1", "3/1");
                assertThat(log.lines()).isEmpty();
                assertThat(isEmpty(streams)).isTrue();
            }
        }
    }

    @Nested
    class The_end {

        @Test
        void loses_what_waits_and_what_rests_and_says_so() throws Exception {
            try (CapturedLog log = CapturedLog.from(Level.WARN)) {
                CompletableFuture<Reply> later = new CompletableFuture<>();
                handling = entry -> entry.value().path("n").asInt() == 1 ? replying(500, "") : later;
                LocalStreams streams =
                        streams(options -> options.retries(Duration.ofMillis(20), Duration.ofMillis(20)));
                append(streams, 1);
                append(streams, 2, "key");
                append(streams, 3, "key");
                runAllGiven();
                append(streams, 4);

                streams.close();

                assertThat(log.lines())
                        .containsExactly("WARN stream orders for stock: 3 entries are lost with this process, because"
                                + " there is no broker");
                later.complete(replying(422, "no").join());
                assertThat(log.lines())
                        .hasSize(2)
                        .last()
                        .asString()
                        .matches("WARN stream orders for stock: entry [0-9-]+ is lost with this process, because there"
                                + " is no broker");
                runAllGiven();
                append(streams, 5);
                assertThat(given).isEmpty();
                assertThat(isEmpty(streams)).isTrue();
                assertThat(record).containsExactly("1/1", "2/1");
            }
        }

        @Test
        void is_quiet_where_nothing_is_lost() {
            try (CapturedLog log = CapturedLog.from(Level.WARN)) {
                LocalStreams streams = streams();
                append(streams, 1);
                runAllGiven();

                streams.close();

                assertThat(log.lines()).isEmpty();
            }
        }

        @Test
        void does_not_bring_back_what_rested() {
            handling = entry -> replying(500, "");
            LocalStreams streams = streams(options -> options.retries(Duration.ofMillis(30), Duration.ofMillis(30)));
            append(streams, 1);
            runAllGiven();
            streams.close();

            // Another stream's entry rests as long, and is back.
            LocalStreams other = new LocalStreams(context);
            append(other, 2);
            await().until(() -> {
                runAllGiven();
                return record.contains("2/2");
            });

            assertThat(record).containsExactly("1/1", "2/1", "2/2");
        }
    }

    @Test
    void an_interrupt_is_not_seen_with_the_next_entry_and_not_forgotten() throws Exception {
        handling = entry -> {
            record.add("interrupted " + Thread.currentThread().isInterrupted());
            Thread.currentThread().interrupt();
            return replying(200, "");
        };
        LocalStreams streams = streams();
        append(streams, 1);
        append(streams, 2);

        Thread thread = new Thread(() -> {
            runAllGiven();
            record.add("at the end " + Thread.currentThread().isInterrupted());
        });
        thread.start();
        thread.join();

        assertThat(record).containsExactly("1/1", "interrupted false", "2/1", "interrupted false", "at the end true");
    }
}

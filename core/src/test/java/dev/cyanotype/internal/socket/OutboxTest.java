/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.socket;

import static dev.cyanotype.socket.SlowClientPolicy.CLOSE;
import static dev.cyanotype.socket.SlowClientPolicy.CONFLATE;
import static dev.cyanotype.socket.SlowClientPolicy.DROP_OLDEST;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.internal.concurrent.SystemClock;
import dev.cyanotype.socket.CloseStatus;
import dev.cyanotype.socket.SlowClientPolicy;
import dev.cyanotype.spi.SocketConnection;
import dev.cyanotype.spi.SocketFrame;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OutboxTest {

    private static final int IN_FLIGHT = 64;

    private final AtomicInteger tooSlow = new AtomicInteger();
    private final AtomicInteger rooms = new AtomicInteger();
    private final FakeConnection quick = FakeConnection.quick();
    private final FakeConnection slow = FakeConnection.slow();

    private Outbox outbox(SlowClientPolicy policy, long maxPendingBytes) {
        return new Outbox(
                new Outbox.Owner() {
                    @Override
                    public void tooSlow() {
                        tooSlow.incrementAndGet();
                    }

                    @Override
                    public void hasRoom() {
                        rooms.incrementAndGet();
                    }
                },
                new ClientRules(1000, maxPendingBytes, policy),
                new SystemClock("shop"));
    }

    private static SocketFrame frame(String text) {
        return SocketFrame.text(text);
    }

    private static SocketFrame frame(int size) {
        return SocketFrame.binary(new byte[size]);
    }

    private static String text(SocketFrame frame) {
        return StandardCharsets.UTF_8.decode(frame.payload()).toString();
    }

    /** Fills what the transport takes at once, so that what follows waits. */
    private void fill(Outbox outbox) {
        for (int i = 0; i < IN_FLIGHT; i++) {
            outbox.answer(frame(""));
        }
        assertThat(slow.inFlight()).isEqualTo(IN_FLIGHT);
    }

    /** What was sent behind the filling. */
    private List<String> behind() {
        slow.takeAll();
        return slow.record().subList(IN_FLIGHT, slow.record().size());
    }

    @Nested
    class Order {

        @Test
        void is_that_of_the_calls_with_first_frames_in_front() {
            Outbox outbox = outbox(CLOSE, 1000);
            outbox.post(frame("c"), null);
            outbox.answer(frame("d"));
            outbox.answerFirst(List.of(frame("a"), frame("b")));
            assertThat(quick.record()).isEmpty();

            outbox.connect(quick);
            outbox.post(frame("e"), null);

            assertThat(quick.record()).containsExactly("a", "b", "c", "d", "e");
            assertThat(outbox.sent()).isEqualTo(5);
            assertThat(outbox.pendingBytes()).isZero();
        }

        @Test
        void a_close_comes_behind_what_waits_and_nothing_behind_the_close() {
            Outbox outbox = outbox(CLOSE, 1000);
            outbox.post(frame("a"), null);
            outbox.close(new CloseStatus(4000, "bye"));
            outbox.close(new CloseStatus(4001, "again"));

            assertThat(outbox.post(frame("b"), null)).isFalse();
            outbox.answer(frame("c"));
            outbox.connect(quick);
            outbox.answer(frame("d"));

            assertThat(quick.record()).containsExactly("a", "(close 4000 bye)");
            assertThat(outbox.isEnded()).isTrue();
        }

        @Test
        void a_close_waits_for_what_the_transport_has_no_room_for() {
            Outbox outbox = outbox(CLOSE, 1000);
            outbox.connect(slow);
            fill(outbox);
            outbox.answer(frame("a"));
            outbox.close(new CloseStatus(1000, ""));
            assertThat(slow.record()).hasSize(IN_FLIGHT);

            assertThat(behind()).containsExactly("a", "(close 1000 )");
        }

        @Test
        void frames_that_were_let_in_before_a_close_are_sent_though_it_opens_later() {
            Outbox outbox = outbox(CLOSE, 1000);
            outbox.close(new CloseStatus(1001, ""));
            outbox.answerFirst(List.of(frame("a")));

            outbox.connect(quick);

            assertThat(quick.record()).containsExactly("a", "(close 1001 )");
        }

        @Test
        void an_end_forgets_what_waits_and_a_close_still_closes() {
            Outbox outbox = outbox(CLOSE, 1000);
            outbox.connect(slow);
            fill(outbox);
            outbox.post(frame("a"), null);
            outbox.end();
            assertThat(outbox.post(frame("b"), null)).isFalse();
            assertThat(outbox.pendingBytes()).isZero();

            outbox.close(new CloseStatus(1013, "Too slow"));

            assertThat(behind()).containsExactly("(close 1013 Too slow)");
            assertThat(tooSlow).hasValue(0);
        }
    }

    @Nested
    class In_flight {

        @Test
        void are_so_many_frames_at_once_and_no_more() {
            Outbox outbox = outbox(CLOSE, 1 << 20);
            outbox.connect(slow);
            for (int i = 0; i < 200; i++) {
                outbox.post(frame("" + i), null);
            }

            slow.takeAll();

            assertThat(slow.mostInFlight()).isEqualTo(IN_FLIGHT);
            assertThat(slow.record())
                    .isEqualTo(IntStream.range(0, 200).mapToObj(String::valueOf).toList());
            assertThat(outbox.sent()).isEqualTo(200);
        }

        @Test
        void are_so_many_bytes_at_once_and_one_frame() {
            Outbox outbox = outbox(CLOSE, 1 << 20);
            outbox.connect(slow);
            for (int i = 0; i < 10; i++) {
                outbox.post(frame(40_000), null);
            }

            assertThat(slow.inFlight()).isEqualTo(2);
            slow.take(1);
            assertThat(slow.inFlight()).isEqualTo(2);
            assertThat(outbox.pendingBytes()).isEqualTo(9 * 40_000);
            slow.takeAll();
            assertThat(slow.record()).hasSize(10);
        }

        @Test
        void is_known_for_how_long_nothing_was_taken() {
            Outbox outbox = outbox(CLOSE, 1000);
            long before = System.nanoTime();
            outbox.connect(slow);
            assertThat(outbox.stalledNanos(before + 1000)).isZero();

            outbox.answer(frame("a"));
            outbox.answer(frame("b"));
            long after = System.nanoTime();
            assertThat(outbox.stalledNanos(after + 1_000_000)).isBetween(1_000_000L, after - before + 1_000_000);

            slow.take(1);
            assertThat(outbox.stalledNanos(System.nanoTime())).isLessThan(System.nanoTime() - before);
            slow.take(1);
            assertThat(outbox.stalledNanos(Long.MAX_VALUE / 2)).isZero();
        }
    }

    @Nested
    class Too_much {

        @ParameterizedTest
        @EnumSource
        void a_single_message_may_be_larger_than_all_that_may_wait(SlowClientPolicy policy) {
            Outbox outbox = outbox(policy, 10);
            outbox.connect(quick);

            assertThat(outbox.post(frame(1000), "k")).isTrue();
            assertThat(outbox.post(frame(1000), "k")).isTrue();

            assertThat(quick.record()).containsExactly("1000 bytes", "1000 bytes");
        }

        @Test
        void closes_the_client_and_forgets_what_waits() {
            Outbox outbox = outbox(CLOSE, 10);
            outbox.connect(slow);
            fill(outbox);

            assertThat(outbox.post(frame("12345"), null)).isTrue();
            assertThat(outbox.post(frame("67890"), null)).isTrue();
            assertThat(tooSlow).hasValue(0);
            assertThat(outbox.post(frame("x"), null)).isFalse();
            assertThat(outbox.post(frame("y"), null)).isFalse();

            assertThat(tooSlow).hasValue(1);
            assertThat(outbox.isEnded()).isTrue();
            assertThat(behind()).isEmpty();
        }

        @Test
        void counts_what_the_transport_has_already() {
            Outbox outbox = outbox(CLOSE, 10);
            outbox.connect(slow);
            outbox.post(frame("1234567890"), null);

            assertThat(outbox.post(frame("x"), null)).isFalse();
            assertThat(tooSlow).hasValue(1);
        }

        @Test
        void drops_the_oldest_messages_but_no_answer() {
            Outbox outbox = outbox(DROP_OLDEST, 10);
            outbox.connect(slow);
            fill(outbox);
            outbox.answer(frame("answer"));
            for (int i = 0; i < 9; i++) {
                assertThat(outbox.post(frame("" + i), null)).isTrue();
            }

            assertThat(outbox.pendingBytes()).isEqualTo(10);
            assertThat(outbox.dropped()).isEqualTo(5);
            assertThat(behind()).containsExactly("answer", "5", "6", "7", "8");
            assertThat(outbox.dropped()).isEqualTo(5);
            assertThat(tooSlow).hasValue(0);
        }

        @Test
        void drops_the_new_message_if_answers_leave_no_room() {
            Outbox outbox = outbox(DROP_OLDEST, 10);
            outbox.connect(slow);
            fill(outbox);
            outbox.answer(frame("an answer of its own"));

            assertThat(outbox.post(frame("x"), null)).isFalse();

            assertThat(outbox.dropped()).isEqualTo(1);
            assertThat(behind()).containsExactly("an answer of its own");
        }

        @Test
        void drops_none_for_a_message_that_would_not_fit_all_the_same() {
            Outbox outbox = outbox(DROP_OLDEST, 10);
            outbox.connect(slow);
            fill(outbox);
            outbox.answer(frame("answer"));
            outbox.post(frame("a"), null);
            outbox.post(frame("b"), null);

            assertThat(outbox.post(frame("too long"), null)).isFalse();

            assertThat(outbox.dropped()).isEqualTo(1);
            assertThat(behind()).containsExactly("answer", "a", "b");
        }

        @Test
        void drops_all_for_a_single_message_that_is_larger_than_what_may_wait() {
            Outbox outbox = outbox(DROP_OLDEST, 10);
            outbox.connect(slow);
            fill(outbox);
            outbox.post(frame("a"), null);
            outbox.post(frame("b"), null);

            assertThat(outbox.post(frame("longer than ten"), null)).isTrue();

            assertThat(outbox.dropped()).isEqualTo(2);
            assertThat(behind()).containsExactly("longer than ten");
        }

        @Test
        void leaves_something_to_drop_also_where_little_may_wait() {
            Outbox outbox = outbox(DROP_OLDEST, 10);
            outbox.connect(slow);
            for (char letter = 'a'; letter <= 'z'; letter++) {
                assertThat(outbox.post(frame(String.valueOf(letter)), null)).isTrue();
            }

            slow.takeAll();

            assertThat(slow.record()).containsExactly("a", "b", "c", "d", "e", "v", "w", "x", "y", "z");
            assertThat(outbox.dropped()).isEqualTo(16);
        }

        @Test
        void an_answer_is_taken_however_much_waits() {
            Outbox outbox = outbox(CLOSE, 10);
            outbox.connect(slow);
            fill(outbox);
            outbox.answer(frame(1000));
            outbox.answer(frame(1000));

            assertThat(tooSlow).hasValue(0);
            assertThat(outbox.isRoomy()).isFalse();
            assertThat(behind()).containsExactly("1000 bytes", "1000 bytes");
            assertThat(outbox.isRoomy()).isTrue();
        }
    }

    @Nested
    class Conflated_messages {

        @Test
        void take_the_place_of_the_one_that_waits_with_their_key() {
            Outbox outbox = outbox(CONFLATE, 100);
            outbox.connect(slow);
            fill(outbox);
            outbox.post(frame("eur 1"), "eur");
            outbox.post(frame("usd 1"), "usd");
            outbox.post(frame("plain"), null);
            outbox.post(frame("eur 22"), "eur");
            outbox.post(frame("plain"), null);

            assertThat(outbox.pendingBytes()).isEqualTo(21);
            assertThat(outbox.dropped()).isEqualTo(1);
            assertThat(behind()).containsExactly("eur 22", "usd 1", "plain", "plain");
        }

        @Test
        void do_not_take_the_place_of_one_that_is_on_its_way() {
            Outbox outbox = outbox(CONFLATE, 100);
            outbox.connect(slow);
            outbox.post(frame("eur 1"), "eur");
            outbox.post(frame("eur 2"), "eur");

            slow.takeAll();

            assertThat(slow.record()).containsExactly("eur 1", "eur 2");
            assertThat(outbox.dropped()).isZero();
        }

        @Test
        void without_room_close_the_client() {
            Outbox outbox = outbox(CONFLATE, 10);
            outbox.connect(slow);
            fill(outbox);
            assertThat(outbox.post(frame("12345"), "a")).isTrue();
            assertThat(outbox.post(frame("67890"), "b")).isTrue();
            assertThat(outbox.post(frame("00000"), "b")).isTrue();

            assertThat(outbox.post(frame("x"), "c")).isFalse();

            assertThat(tooSlow).hasValue(1);
        }

        @Test
        void that_grow_beyond_what_may_wait_close_the_client_too() {
            Outbox outbox = outbox(CONFLATE, 10);
            outbox.connect(slow);
            fill(outbox);
            outbox.post(frame("1"), "a");
            outbox.post(frame("2"), "b");

            assertThat(outbox.post(frame(1000), "a")).isFalse();

            assertThat(tooSlow).hasValue(1);
            assertThat(outbox.pendingBytes()).isZero();
        }

        @ParameterizedTest
        @EnumSource(names = {"CLOSE", "DROP_OLDEST"})
        void are_as_any_other_for_clients_of_another_policy(SlowClientPolicy policy) {
            Outbox outbox = outbox(policy, 100);
            outbox.connect(slow);
            fill(outbox);
            outbox.post(frame("eur 1"), "eur");
            outbox.post(frame("eur 2"), "eur");

            assertThat(behind()).containsExactly("eur 1", "eur 2");
        }
    }

    @Nested
    class A_connection {

        @Test
        void that_fails_gets_nothing_more() {
            Outbox outbox = outbox(CLOSE, 1000);
            outbox.connect(slow);
            fill(outbox);
            outbox.post(frame("a"), null);

            slow.fail(new IOException("gone"));

            assertThat(outbox.isEnded()).isTrue();
            assertThat(outbox.post(frame("b"), null)).isFalse();
            assertThat(behind()).isEmpty();
            assertThat(outbox.sent()).isEqualTo(IN_FLIGHT - 1);
            assertThat(outbox.pendingBytes()).isZero();
            assertThat(tooSlow).hasValue(0);
        }

        @Test
        void tells_when_less_than_half_of_what_may_wait_does() {
            Outbox outbox = outbox(CLOSE, 100);
            outbox.connect(slow);
            for (int i = 0; i < 4; i++) {
                outbox.post(frame(25), null);
            }
            assertThat(outbox.isRoomy()).isFalse();

            slow.take(1);
            assertThat(rooms).hasValue(0);
            slow.take(1);
            assertThat(rooms).hasValue(1);
            assertThat(outbox.isRoomy()).isTrue();
        }

        @Test
        void may_be_given_more_by_what_it_tells() {
            List<String> record = new ArrayList<>();
            Outbox[] outbox = new Outbox[1];
            outbox[0] = new Outbox(
                    new Outbox.Owner() {
                        @Override
                        public void tooSlow() {
                            record.add("too slow");
                        }

                        @Override
                        public void hasRoom() {
                            if (record.size() < 20_000) {
                                outbox[0].answer(frame("" + record.size()));
                            }
                        }
                    },
                    new ClientRules(1000, 1000, CLOSE),
                    new SystemClock("shop"));

            outbox[0].connect(new Told() {
                @Override
                public void send(SocketFrame frame, Consumer<@Nullable Throwable> done) {
                    record.add(text(frame));
                    done.accept(null);
                }
            });
            outbox[0].answer(frame("0"));

            assertThat(record)
                    .hasSize(20_000)
                    .isEqualTo(
                            IntStream.range(0, 20_000).mapToObj(String::valueOf).toList());
        }
    }

    @Nested
    class Many_threads {

        /** A transport with a thread of its own that tells what it has taken. */
        private final class Busy extends Told implements AutoCloseable {

            private final BlockingQueue<Consumer<@Nullable Throwable>> untold = new LinkedBlockingQueue<>();
            private final List<String> record = new ArrayList<>();
            private final AtomicBoolean sending = new AtomicBoolean();
            private final AtomicInteger together = new AtomicInteger();
            private final CountDownLatch closed = new CountDownLatch(1);
            private final Thread teller = new Thread(this::tell, "teller");
            private volatile boolean stop;

            Busy() {
                teller.start();
            }

            private void tell() {
                while (!stop) {
                    try {
                        untold.take().accept(null);
                    } catch (InterruptedException e) {
                        return;
                    }
                }
            }

            @Override
            public void send(SocketFrame frame, Consumer<@Nullable Throwable> done) {
                if (!sending.compareAndSet(false, true)) {
                    together.incrementAndGet();
                }
                record.add(text(frame));
                sending.set(false);
                if (frame.size() % 3 == 0) {
                    done.accept(null);
                } else {
                    untold.add(done);
                }
            }

            @Override
            public void close(int code, String reason) {
                record.add("(close " + code + ")");
                closed.countDown();
            }

            @Override
            public void close() {
                stop = true;
                teller.interrupt();
            }
        }

        @Test
        void lose_nothing_double_nothing_and_keep_the_order_of_each() throws Exception {
            int threads = 8;
            int each = 20_000;
            Outbox outbox = outbox(CLOSE, Long.MAX_VALUE);
            try (Busy busy = new Busy()) {
                List<CompletableFuture<Void>> posting = IntStream.range(0, threads)
                        .mapToObj(thread -> CompletableFuture.runAsync(
                                () -> {
                                    for (int i = 0; i < each; i++) {
                                        SocketFrame next = frame(thread + " " + i);
                                        if (i % 5 == 0) {
                                            outbox.answer(next);
                                        } else {
                                            assertThat(outbox.post(next, null)).isTrue();
                                        }
                                    }
                                },
                                task -> new Thread(task, "poster " + thread).start()))
                        .toList();
                outbox.connect(busy);
                for (CompletableFuture<Void> done : posting) {
                    done.get(30, SECONDS);
                }
                outbox.close(new CloseStatus(1000, ""));
                assertThat(busy.closed.await(30, SECONDS)).isTrue();

                assertThat(busy.together).hasValue(0);
                assertThat(busy.record).hasSize(threads * each + 1).endsWith("(close 1000)");
                for (int thread = 0; thread < threads; thread++) {
                    String prefix = thread + " ";
                    assertThat(busy.record.stream()
                                    .filter(text -> text.startsWith(prefix))
                                    .map(text -> Integer.parseInt(text.substring(prefix.length()))))
                            .isEqualTo(IntStream.range(0, each).boxed().toList());
                }
            }
        }

        /** A message that is let in while another thread closes: it comes in front of the close frame, or is refused. */
        @Test
        void closing_meanwhile_is_never_lost_and_no_sign_of_slowness() throws Exception {
            for (int round = 0; round < 3000; round++) {
                Outbox outbox = outbox(CLOSE, 1 << 20);
                FakeConnection connection = FakeConnection.quick();
                outbox.connect(connection);
                CountDownLatch start = new CountDownLatch(1);
                CompletableFuture<Boolean> posting = CompletableFuture.supplyAsync(() -> {
                    pass(start);
                    return outbox.post(frame("x"), null);
                });
                CompletableFuture<Void> closing = CompletableFuture.runAsync(() -> {
                    pass(start);
                    outbox.close(new CloseStatus(1000, ""));
                });
                start.countDown();
                boolean posted = posting.get(10, SECONDS);
                closing.get(10, SECONDS);

                assertThat(connection.record())
                        .isEqualTo(posted ? List.of("x", "(close 1000 )") : List.of("(close 1000 )"));
            }
            assertThat(tooSlow).hasValue(0);
        }

        private static void pass(CountDownLatch gate) {
            try {
                assertThat(gate.await(10, SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** A connection of which only sending matters. */
    private abstract static class Told implements SocketConnection {

        @Override
        public void ping() {}

        @Override
        public void demand() {}

        @Override
        public void close(int code, String reason) {}

        @Override
        public void abort() {}
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.socket;

import static dev.cyanotype.internal.socket.TestHub.got;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import dev.cyanotype.CapturedLog;
import dev.cyanotype.exchange.HttpException;
import dev.cyanotype.socket.SlowClientPolicy;
import dev.cyanotype.socket.SocketCloseException;
import dev.cyanotype.socket.SocketOptions;
import dev.cyanotype.spi.SocketFrame;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ClientTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final TestHub hub = new TestHub();
    private final FakeConnection quick = FakeConnection.quick();
    private final FakeConnection slow = FakeConnection.slow();

    private static void keepAlive(Client client, long now) {
        client.keepAlive(now, new LifeSigns.Limits(20 * SECOND, 10 * SECOND, Long.MAX_VALUE));
    }

    @Nested
    class Before_it_is_open {

        @Test
        void what_is_sent_to_it_waits_behind_its_first_frames() {
            Client client = hub.admit();
            client.send("a", 1);
            client.welcome(List.of(SocketFrame.text("first")));
            client.send("b", 2);
            assertThat(client.isOpen()).isFalse();

            client.opened(quick);

            assertThat(client.isOpen()).isTrue();
            assertThat(got(quick))
                    .containsExactly("first", "{\"type\":\"a\",\"data\":1}", "{\"type\":\"b\",\"data\":2}");
        }

        @Test
        void one_that_is_refused_opens_to_be_closed_and_gets_nothing() {
            Client client = hub.admit();
            client.join("r");
            client.close(4000, "no");
            client.welcome(List.of(SocketFrame.text("first")));
            hub.hub.all().send("secret");
            quick.onClose(() -> client.closed(4000, "no"));

            client.opened(quick);

            assertThat(client.isRefused()).isTrue();
            assertThat(quick.record()).containsExactly("(close 4000 no)");
            assertThat(hub.record).isEmpty();
            assertThat(hub.hub.count()).isZero();
            assertThat(hub.hub.room("r").members()).isEmpty();
        }

        @Test
        void one_that_was_let_in_and_is_closed_gets_what_was_sent_to_it_and_its_hooks_see_it_go() {
            Client client = hub.admit();
            client.welcome(List.of(SocketFrame.text("first")));
            assertThat(hub.hub.disconnect(client.id(), 4001, "out")).isTrue();
            quick.onClose(() -> client.closed(4001, "out"));

            client.opened(quick);

            assertThat(client.isRefused()).isFalse();
            assertThat(got(quick)).containsExactly("first", "(close 4001 out)");
            assertThat(hub.record).containsExactly("opened", "closed 4001");
        }

        @Test
        void one_that_never_opens_is_forgotten() {
            Client client = hub.admit();
            client.join("r");
            client.closed(1006, "");
            client.closed(1006, "");

            assertThat(hub.hub.count()).isZero();
            assertThat(hub.hub.client(client.id())).isEmpty();
            assertThat(hub.hub.room("r").members()).isEmpty();
            assertThat(hub.record).isEmpty();
            client.join("r");
            assertThat(hub.hub.room("r").members()).isEmpty();
            assertThat(client.rooms()).isEmpty();
        }
    }

    @Nested
    class Signs_of_life {

        @Test
        void are_asked_for_after_a_silence_and_the_answer_begins_a_new_one() {
            Client client = hub.open(quick);
            long start = System.nanoTime();

            keepAlive(client, start + 19 * SECOND);
            assertThat(got(quick)).isEmpty();
            keepAlive(client, start + 21 * SECOND);
            keepAlive(client, start + 22 * SECOND);
            assertThat(got(quick)).containsExactly("(ping)");
            keepAlive(client, start + 30 * SECOND);
            assertThat(got(quick)).containsExactly("(ping)");
        }

        @Test
        void that_do_not_come_close_the_client_once() {
            Client client = hub.open(quick);
            quick.onClose(() -> {});
            long start = System.nanoTime();

            keepAlive(client, start + 21 * SECOND);
            keepAlive(client, start + 32 * SECOND);
            keepAlive(client, start + 33 * SECOND);
            client.send("x", 1);

            assertThat(got(quick)).containsExactly("(ping)", "(close 1011 keepalive ping timeout)");
            assertThat(client.isOpen()).isFalse();
        }

        @Test
        void that_come_are_enough() {
            Client client = hub.open(quick);
            client.keepAlive(System.nanoTime(), new LifeSigns.Limits(0, 10 * SECOND, Long.MAX_VALUE));
            client.pong();
            keepAlive(client, System.nanoTime() + 15 * SECOND);

            assertThat(got(quick)).containsExactly("(ping)");
        }

        @Test
        void that_could_not_be_seen_are_waited_for_anew() {
            List<CompletableFuture<Void>> handled = new ArrayList<>();
            hub.handler = message -> {
                handled.add(new CompletableFuture<>());
                return handled.get(handled.size() - 1);
            };
            Client client = hub.open(quick);
            long start = System.nanoTime();
            keepAlive(client, start + 21 * SECOND);
            for (int i = 0; i < 16; i++) {
                client.text("m");
            }
            // Nothing is read any more, so an answer would not be seen.
            long pinged = System.nanoTime();
            keepAlive(client, pinged + 21 * SECOND);
            keepAlive(client, pinged + 100 * SECOND);
            assertThat(got(quick)).containsExactly("(ping)");

            handled.get(0).complete(null);
            keepAlive(client, pinged + 105 * SECOND);
            assertThat(got(quick)).containsExactly("(ping)");
            keepAlive(client, pinged + 111 * SECOND);
            assertThat(got(quick)).containsExactly("(ping)", "(close 1011 keepalive ping timeout)");
        }

        @Test
        void of_the_network_count_for_one_that_is_sent_to() {
            Client client = hub.open(slow);
            slow.onClose(() -> {});
            client.send("x", 1);
            long start = System.nanoTime();

            keepAlive(client, start + 29 * SECOND);
            assertThat(got(slow)).doesNotContain("(close 1013 Too slow)");
            try (CapturedLog log = CapturedLog.from(Level.WARN)) {
                keepAlive(client, start + 31 * SECOND);
                keepAlive(client, start + 32 * SECOND);
                keepAlive(client, start + 33 * SECOND);

                assertThat(got(slow)).containsOnlyOnce("(close 1013 Too slow)");
                assertThat(hub.hub.counters()).containsEntry("slow", 1L);
                assertThat(log.lines())
                        .containsExactly(
                                "WARN " + client + " of app 'shop' is disconnected, because it reads too slowly");
            }
        }

        @Test
        void are_no_messages_to_an_idle_timeout() {
            TestHub idle = new TestHub(Runnable::run, SocketOptions.builder().idleTimeout(Duration.ofSeconds(5)));
            Client client = idle.open(quick);
            quick.onClose(() -> {});
            long start = System.nanoTime();
            client.pong();

            LifeSigns.Limits limits = new LifeSigns.Limits(20 * SECOND, 20 * SECOND, 5 * SECOND);
            client.keepAlive(start + 4 * SECOND, limits);
            assertThat(got(quick)).isEmpty();
            client.send("x", 1);
            client.keepAlive(System.nanoTime() + 6 * SECOND, limits);

            assertThat(got(quick)).containsExactly("{\"type\":\"x\",\"data\":1}", "(close 1001 Idle for too long)");
        }
    }

    @Nested
    class Messages {

        private int demanded(FakeConnection connection) {
            return (int) connection.record().stream().filter("(demand)"::equals).count();
        }

        @Test
        void are_read_ahead_as_far_as_they_are_few() {
            List<CompletableFuture<Void>> handled = new ArrayList<>();
            hub.handler = message -> {
                handled.add(new CompletableFuture<>());
                return handled.get(handled.size() - 1);
            };
            Client client = hub.open(quick);
            assertThat(demanded(quick)).isEqualTo(1);
            for (int i = 0; i < 16; i++) {
                assertThat(demanded(quick)).isEqualTo(1 + i);
                client.text("" + i);
            }
            assertThat(demanded(quick)).isEqualTo(16);
            assertThat(hub.record).containsExactly("opened", "0");

            handled.get(0).complete(null);
            assertThat(demanded(quick)).isEqualTo(17);
            assertThat(hub.record).containsExactly("opened", "0", "1");
        }

        @Test
        void are_read_ahead_as_far_as_they_are_short() {
            CompletableFuture<Void> handled = new CompletableFuture<>();
            hub.handler = message -> handled;
            Client client = hub.open(quick);
            client.text("x".repeat(65_537));
            assertThat(demanded(quick)).isEqualTo(1);

            handled.complete(null);
            assertThat(demanded(quick)).isEqualTo(2);
        }

        @Test
        void are_not_read_while_too_much_waits_for_the_client() {
            Client client = hub.open(slow);
            client.answer(SocketFrame.binary(new byte[600]));
            client.text("m");
            assertThat(demanded(slow)).isEqualTo(1);
            assertThat(hub.record).contains("m");

            slow.takeAll();
            assertThat(demanded(slow)).isEqualTo(2);
        }

        @Test
        void beyond_the_limit_are_not_handled_but_counted_and_asked_for() {
            TestHub limited = new TestHub(Runnable::run, SocketOptions.builder().rateLimit(2, Duration.ofDays(1)));
            Client client = limited.open(quick);
            client.text("a");
            client.binary(new byte[] {'b'});
            client.text("c");

            assertThat(limited.record).containsExactly("opened", "a", "b", "limited for 86400 s");
            assertThat(client.messagesReceived()).isEqualTo(3);
            assertThat(demanded(quick)).isEqualTo(4);
        }

        @Test
        void that_nobody_takes_cut_the_client_off() {
            Queue<Runnable> given = new ArrayDeque<>();
            boolean[] rejecting = new boolean[1];
            TestHub full = new TestHub(
                    task -> {
                        if (rejecting[0]) {
                            throw new RejectedExecutionException("full");
                        }
                        given.add(task);
                    },
                    SocketOptions.builder());
            Client client = full.open(quick);
            rejecting[0] = true;
            given.remove().run();
            client.text("a");

            assertThat(got(quick)).containsExactly("(abort)");
            assertThat(full.hub.count()).isZero();
        }

        @Test
        void that_could_not_be_said_about_leave_the_room_as_it_was() {
            Client client = hub.open(quick);
            record Broken() {

                @SuppressWarnings("unused")
                public String getName() {
                    throw new IllegalStateException("no name");
                }
            }

            assertThatThrownBy(() -> client.join("r", new Broken())).hasRootCauseMessage("no name");

            assertThat(client.rooms()).isEmpty();
            assertThat(hub.hub.room("r").members()).isEmpty();
        }
    }

    @Nested
    class Limits {

        @Test
        void on_all_clients_are_exact_however_many_come_at_once() {
            TestHub two = new TestHub(Runnable::run, SocketOptions.builder().maxConnections(10));
            long admitted = Stream.generate(() -> CompletableFuture.supplyAsync(() -> {
                        try {
                            two.hub.admit(null, TestHub.handshake(""), TestHub.rules(SlowClientPolicy.CLOSE), Map.of());
                            return true;
                        } catch (HttpException e) {
                            assertThat(e.status()).isEqualTo(503);
                            return false;
                        }
                    }))
                    .limit(100)
                    .toList()
                    .stream()
                    .filter(CompletableFuture::join)
                    .count();

            assertThat(admitted).isEqualTo(10);
            assertThat(two.hub.count()).isEqualTo(10);
        }

        @Test
        void on_clients_of_an_address_give_back_their_place() {
            TestHub one = new TestHub(Runnable::run, SocketOptions.builder().maxConnectionsPerAddress(1));
            Client first = one.admit(TestHub.handshake("a"));
            assertThat(one.hub.overload(TestHub.handshake("a").remoteAddress())).isNotNull();
            assertThatThrownBy(() -> one.admit(TestHub.handshake("a")))
                    .isInstanceOf(HttpException.class)
                    .hasMessage("Too many websockets");
            one.admit(TestHub.handshake("b"));
            one.admit(TestHub.handshake(""));
            one.admit(TestHub.handshake(""));
            assertThat(one.hub.count()).isEqualTo(4);

            first.closed(1006, "");
            assertThat(one.hub.overload(TestHub.handshake("a").remoteAddress())).isNull();
            one.admit(TestHub.handshake("a"));
            assertThat(one.hub.count()).isEqualTo(4);
        }

        @Test
        void count_one_with_a_taken_id_not_at_all() {
            TestHub same = new TestHub(
                    Runnable::run, SocketOptions.builder().maxConnections(2).clientIds(handshake -> "me"));
            same.admit();
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(same::admit)
                        .isInstanceOf(HttpException.class)
                        .hasMessage("A client of this id is connected already");
            }
            assertThat(same.hub.count()).isEqualTo(1);
            assertThat(same.hub.counters()).containsEntry("refused", 3L);
        }
    }

    @Test
    void a_close_that_may_not_be_sent_is_refused() {
        Client client = hub.open(quick);

        assertThatThrownBy(() -> client.close(1006, ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("close: code 1006 (expected: 1000 to 1003, 1007 to 1014, or 3000 to 4999)");
        assertThatThrownBy(() -> new SocketCloseException(4000, "é".repeat(62)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "close: a reason of 124 bytes (expected: up to 123 in UTF-8). Send a message before closing.");
        assertThat(client.isOpen()).isTrue();
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cyanotype.http.javalin.JavalinHttp;
import dev.cyanotype.http.javalin.JavalinOptions;
import dev.cyanotype.internal.testkit.wire.RawSocket;
import dev.cyanotype.spi.SocketFrame;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MessagesIT {

    private Host host;

    @BeforeEach
    void start() throws Exception {
        host = Host.started();
    }

    @AfterEach
    void stop() {
        host.close();
    }

    @Test
    void a_text_comes_and_goes() throws Exception {
        try (RawSocket client = host.open("/echo")) {
            client.text("hé \uD83D\uDE00");
            assertThat(client.read().toString()).isEqualTo("81 hé \uD83D\uDE00");
            Peer peer = host.peer();
            assertThat(peer.next()).isEqualTo("opened");
            assertThat(peer.next()).isEqualTo("text hé \uD83D\uDE00");
        }
    }

    @Test
    void a_binary_message_comes_and_goes() throws Exception {
        try (RawSocket client = host.open("/echo")) {
            client.frame(RawSocket.FIN | RawSocket.BINARY, new byte[] {1, 2, 3});
            RawSocket.Frame frame = client.read();
            assertThat(frame.firstByte()).isEqualTo(0x82);
            assertThat(frame.payload()).containsExactly(1, 2, 3);
        }
    }

    @Test
    void empty_messages_are_messages() throws Exception {
        try (RawSocket client = host.open("/echo")) {
            client.text("").frame(RawSocket.FIN | RawSocket.BINARY, new byte[0]);
            assertThat(client.read().toString()).isEqualTo("81 ");
            assertThat(client.read().toString()).isEqualTo("82 ");
        }
    }

    @Test
    void parts_are_put_together_with_pings_between_them() throws Exception {
        byte[] text = "grüße".getBytes(StandardCharsets.UTF_8);
        try (RawSocket client = host.open("/echo")) {
            // The first part ends in the middle of a character.
            client.frame(RawSocket.TEXT, Arrays.copyOf(text, 3));
            client.frame(RawSocket.FIN | RawSocket.PING, new byte[] {'p'});
            assertThat(client.read().toString()).isEqualTo("8a p");
            client.frame(RawSocket.CONTINUATION, new byte[0]);
            client.frame(RawSocket.FIN | RawSocket.CONTINUATION, Arrays.copyOfRange(text, 3, text.length));
            assertThat(client.read().toString()).isEqualTo("81 grüße");
        }
    }

    @Test
    void messages_of_all_sizes_come_and_go_whole() throws Exception {
        try (RawSocket client = host.open("/echo")) {
            for (int size : new int[] {1, 125, 126, 4086, 4096, 5000, 65_535, 65_536}) {
                byte[] bytes = new byte[size];
                new Random(size).nextBytes(bytes);
                client.frame(RawSocket.FIN | RawSocket.BINARY, bytes);
                RawSocket.Frame frame = client.read();
                assertThat(frame.isFin()).isTrue();
                assertThat(frame.payload()).isEqualTo(bytes);
            }
        }
    }

    @Test
    void messages_keep_their_order_whatever_their_size() throws Exception {
        try (RawSocket client = host.open("/echo")) {
            Thread writer = new Thread(() -> {
                for (int i = 0; i < 500; i++) {
                    client.offer(RawSocket.encode(
                            RawSocket.FIN | RawSocket.TEXT,
                            (i + " " + "x".repeat(i * 37 % 9000)).getBytes(StandardCharsets.UTF_8)));
                }
            });
            writer.start();
            for (int i = 0; i < 500; i++) {
                assertThat(client.read().text()).startsWith(i + " ").hasSize((i + " ").length() + i * 37 % 9000);
            }
            writer.join();
        }
    }

    @Test
    void a_message_comes_only_when_it_was_asked_for() throws Exception {
        try (RawSocket client = host.open("/quiet")) {
            Peer peer = host.peer();
            assertThat(peer.next()).isEqualTo("opened");
            // While nothing is in front of it, a ping is seen to.
            client.frame(RawSocket.FIN | RawSocket.PING, new byte[] {'a'});
            assertThat(client.read().toString()).isEqualTo("8a a");
            assertThat(peer.next()).isEqualTo("pong");
            client.text("one").text("two").frame(RawSocket.TEXT, new byte[] {'t'});
            client.frame(RawSocket.FIN | RawSocket.CONTINUATION, new byte[] {'3'});
            for (String text : List.of("one", "two", "t3")) {
                await().during(100, TimeUnit.MILLISECONDS).until(() -> !peer.hasMore());
                peer.connection.demand();
                assertThat(peer.next()).isEqualTo("text " + text);
            }
            peer.connection.demand();
            await().during(100, TimeUnit.MILLISECONDS).until(() -> !peer.hasMore());
            client.text("four");
            assertThat(peer.next()).isEqualTo("text four");
        }
    }

    @Test
    void a_client_that_sends_more_than_is_asked_for_has_to_wait() throws Exception {
        int count = 1000;
        byte[] message = RawSocket.encode(RawSocket.FIN | RawSocket.TEXT, new byte[60_000]);
        try (RawSocket client = host.open("/quiet")) {
            Peer peer = host.peer();
            assertThat(peer.next()).isEqualTo("opened");
            AtomicInteger sent = new AtomicInteger();
            Thread writer = new Thread(() -> {
                while (sent.get() < count && client.offer(message)) {
                    sent.incrementAndGet();
                }
            });
            writer.start();
            AtomicInteger before = new AtomicInteger(-1);
            await().pollInterval(300, TimeUnit.MILLISECONDS).until(() -> before.getAndSet(sent.get()) == sent.get());
            // What the two systems hold for a connection is far below the 60 MB that are to be sent.
            assertThat(sent.get()).isLessThan(count / 2);
            for (int i = 0; i < count; i++) {
                peer.connection.demand();
                assertThat(peer.next()).isEqualTo("text 60000 characters");
            }
            writer.join();
            assertThat(sent).hasValue(count);
        }
    }

    @Test
    void every_message_sent_is_reported_once() throws Exception {
        int count = 300;
        try (RawSocket client = host.open("/quiet")) {
            Peer peer = host.peer();
            assertThat(peer.next()).isEqualTo("opened");
            byte[] content = new byte[100_000];
            Arrays.fill(content, (byte) 'x');
            SocketFrame frame = SocketFrame.text(content);
            AtomicInteger done = new AtomicInteger();
            AtomicInteger failed = new AtomicInteger();
            for (int i = 0; i < count; i++) {
                peer.connection.send(frame, failure -> (failure == null ? done : failed).incrementAndGet());
            }
            assertThat(done.get()).isLessThan(count);
            for (int i = 0; i < count / 2; i++) {
                assertThat(client.read().payload()).isEqualTo(content);
            }
            await().until(() -> done.get() >= count / 2);
            client.reset();
            assertThat(peer.next()).isEqualTo("closed 1006");
            await().until(() -> done.get() + failed.get() >= count);
            await().during(200, TimeUnit.MILLISECONDS).until(() -> done.get() + failed.get() == count);
            assertThat(failed.get()).isPositive();
            // The bytes are shared by all clients.
            assertThat(frame.payload().remaining()).isEqualTo(content.length);
            assertThat(content).containsOnly('x');
        }
    }

    @Test
    void a_ping_of_the_app_is_answered_by_a_sign_of_life() throws Exception {
        try (RawSocket client = host.open("/echo")) {
            Peer peer = host.peer();
            assertThat(peer.next()).isEqualTo("opened");
            peer.connection.ping();
            assertThat(client.read().toString()).isEqualTo("89 ");
            client.frame(RawSocket.FIN | RawSocket.PONG, new byte[0]);
            assertThat(peer.next()).isEqualTo("pong");
            client.frame(RawSocket.FIN | RawSocket.PONG, new byte[] {'u', 'n', 'a', 's', 'k', 'e', 'd'});
            assertThat(peer.next()).isEqualTo("pong");
            peer.connection.ping();
            assertThat(client.read().toString()).isEqualTo("89 ");
        }
    }

    @Test
    void a_silent_socket_outlives_the_time_limit_of_http() throws Exception {
        host.close();
        host = new Host(Map.of("http.idleSeconds", "1"));
        host.make(JavalinHttp.with(JavalinOptions.builder().port(0).build()));
        host.make(new Websockets());
        host.start();
        try (RawSocket client = host.open("/echo");
                RawSocket http = host.connect()) {
            assertThat(http.isEnded()).isTrue();
            await().during(1, TimeUnit.SECONDS).until(() -> true);
            client.text("still here");
            assertThat(client.read().toString()).isEqualTo("81 still here");
        }
    }
}

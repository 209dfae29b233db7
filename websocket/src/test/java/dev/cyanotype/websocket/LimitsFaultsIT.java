/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cyanotype.App;
import dev.cyanotype.internal.testkit.wire.Answer;
import dev.cyanotype.internal.testkit.wire.RawSocket;
import dev.cyanotype.socket.CloseStatus;
import dev.cyanotype.socket.SocketOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Clients that are too many, too slow to come in, or not there any more. */
class LimitsFaultsIT {

    private static final byte[] HANDSHAKE = ("GET /ws HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n"
                    + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " + RawSocket.KEY
                    + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);

    private final BlockingQueue<CloseStatus> gone = new LinkedBlockingQueue<>();

    private RealApp start(SocketOptions.Builder options) {
        return RealApp.start(App.named("limits")
                .sockets(options.build())
                .socketDisconnect((ctx, status) -> gone.add(status))
                .socket("echo", ctx -> ctx.data())
                .websocket("/feed", ws -> ws.onText((text, ctx) -> text)));
    }

    private static void echoes(RawSocket client) throws IOException {
        client.text("{\"type\":\"echo\",\"data\":1}");
        assertThat(client.read().text()).isEqualTo("{\"type\":\"response\",\"data\":1}");
    }

    private static void refusedFor(String text, Answer answer) {
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isEqualTo("5");
        assertThat(answer.text()).contains(text);
    }

    @Test
    void fault_19_no_more_clients_than_allowed_come_in_however_many_try_at_once() throws Exception {
        ExecutorService many = Executors.newFixedThreadPool(50);
        List<RawSocket> in = new ArrayList<>();
        try (CapturedLog log = new CapturedLog();
                RealApp app = start(SocketOptions.builder().maxConnections(20))) {
            List<Callable<RawSocket>> tries = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                String target = i % 2 == 0 ? "/ws" : "/feed";
                tries.add(() -> {
                    RawSocket client = RawSocket.connect(app.address());
                    Answer answer = client.ask(target);
                    if (answer.status() == 101) {
                        return client;
                    }
                    refusedFor("Too many websockets", answer);
                    // The connection is as good as before.
                    assertThat(client.get("/none").status()).isEqualTo(404);
                    client.close();
                    return null;
                });
            }
            for (Future<RawSocket> outcome : many.invokeAll(tries)) {
                if (outcome.get() != null) {
                    in.add(outcome.get());
                }
            }
            assertThat(in).hasSize(20);
            assertThat(log.lines("WARN"))
                    .contains("WARN app 'limits': websockets are refused, because 20 clients are connected already"
                            + " (SocketOptions.maxConnections)");
            assertThat(log.lines("ERROR")).isEmpty();
            assertThat(app.app().sockets().count()).isEqualTo(20);
            assertThat(app.app().status().counters())
                    .containsEntry("sockets.opened", 20L)
                    .containsEntry("sockets.refused", 80L);

            in.remove(0).close();
            await().until(() -> app.app().sockets().count() == 19);
            RawSocket next = app.open("/ws");
            in.add(next);
            echoes(next);
            // A stop would wait for those that do not take their leave.
            for (RawSocket client : in) {
                client.close();
            }
        } finally {
            many.shutdownNow();
            for (RawSocket client : in) {
                client.close();
            }
        }
    }

    @Test
    void fault_19_no_more_clients_of_one_address_come_in_and_others_do() throws Exception {
        try (CapturedLog log = new CapturedLog();
                RealApp app = start(SocketOptions.builder().maxConnectionsPerAddress(3))) {
            List<RawSocket> in = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                RawSocket client = RawSocket.connectFrom("127.0.0.2", app.address());
                assertThat(client.ask(i == 0 ? "/feed" : "/ws").status()).isEqualTo(101);
                in.add(client);
            }
            try (RawSocket fourth = RawSocket.connectFrom("127.0.0.2", app.address());
                    RawSocket other = RawSocket.connectFrom("127.0.0.3", app.address())) {
                refusedFor("Too many websockets", fourth.ask("/ws"));
                // What a client says of its address makes no difference.
                refusedFor("Too many websockets", fourth.ask("/ws", "X-Forwarded-For: 127.0.0.9"));
                assertThat(log.lines("WARN"))
                        .contains("WARN app 'limits': websockets are refused, because 3 clients of one address are"
                                + " connected already (SocketOptions.maxConnectionsPerAddress)");
                assertThat(other.ask("/ws").status()).isEqualTo(101);
                echoes(other);

                in.remove(0).close();
                await().until(() -> app.app().sockets().count() == 3);
                assertThat(fourth.ask("/ws").status()).isEqualTo(101);
                echoes(fourth);
            }
            for (RawSocket client : in) {
                client.close();
            }
            await().until(() -> app.app().sockets().count() == 0);
        }
    }

    // ---- before they are websockets

    @Test
    void fault_19_thousands_of_connections_that_say_nothing_keep_nobody_out_and_are_closed() throws Exception {
        int number = (int) Math.min(5_000, OpenFiles.most() - 1_000);
        assumeTrue(number > 500, "too few open files are allowed: " + OpenFiles.most());
        List<SocketChannel> silent = new ArrayList<>();
        try (ChildJvm service = ChildJvm.start(FaultsService.class, List.of("-Xmx128m"), "idle=1")) {
            URI address = URI.create(service.ask("address"));
            try (Bystander other = new Bystander(address)) {
                for (int i = 0; i < number; i++) {
                    silent.add(SocketChannel.open(new InetSocketAddress("127.0.0.1", address.getPort())));
                    if (i % 40 == 39) {
                        // And so no more are on their way at once than a server lets wait.
                        comesIn(address);
                    }
                }
                for (SocketChannel channel : silent) {
                    assertThat(channel.read(ByteBuffer.allocate(1))).isEqualTo(-1);
                }
                other.wasNotHeldUp();
            }
        } finally {
            for (SocketChannel channel : silent) {
                channel.close();
            }
        }
    }

    private static void comesIn(URI address) throws IOException {
        long start = System.nanoTime();
        try (RawSocket client = RawSocket.open(address, "/ws")) {
            echoes(client);
        }
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isLessThan(5_000);
    }

    @Test
    void fault_19_handshakes_of_one_byte_a_second_keep_nobody_out() throws Exception {
        List<RawSocket> slow = new ArrayList<>();
        try (ChildJvm service = ChildJvm.start(FaultsService.class, List.of("-Xmx128m"), "idle=2")) {
            URI address = URI.create(service.ask("address"));
            try (Bystander other = new Bystander(address)) {
                for (int i = 0; i < 200; i++) {
                    slow.add(RawSocket.connect(address));
                }
                int[] sent = {0};
                await().pollDelay(Duration.ZERO)
                        .pollInterval(1, TimeUnit.SECONDS)
                        .until(() -> {
                            for (RawSocket client : slow) {
                                client.bytes(new byte[] {HANDSHAKE[sent[0]]});
                            }
                            sent[0]++;
                            comesIn(address);
                            return sent[0] == 3;
                        });
                other.wasNotHeldUp();
                assertThat(service.ask("clients")).isIn("0", "1");
                // Those are no less welcome, once they have said it all.
                for (RawSocket client : slow) {
                    client.bytes(java.util.Arrays.copyOfRange(HANDSHAKE, sent[0], HANDSHAKE.length));
                    assertThat(client.answer().status()).isEqualTo(101);
                }
                echoes(slow.get(199));
            }
        } finally {
            for (RawSocket client : slow) {
                client.close();
            }
        }
    }

    // ---- afterwards

    /**
     * One process is frozen. Another client takes what it gets and sends nothing, which is what a machine that has lost its
     * power looks like behind a proxy.
     */
    @Test
    void fault_19_clients_that_are_frozen_or_half_open_are_found_and_closed() throws Exception {
        SocketOptions.Builder options = SocketOptions.builder().keepAlive(Duration.ofSeconds(1), Duration.ofSeconds(3));
        try (RealApp app = start(options);
                ChildJvm client = ChildJvm.start(PongingClient.class, List.of(), app.address() + "/ws");
                RawSocket other = app.open("/ws")) {
            client.awaitLine("open");
            RawSocketPongs pongs = new RawSocketPongs(other);
            // They live, and so they stay, though they say nothing.
            await().during(Duration.ofSeconds(3))
                    .until(() -> app.app().sockets().count() == 2);

            client.signal("STOP");
            long start = System.nanoTime();
            try (RawSocket apart = app.open("/feed");
                    RawSocket halfOpen = app.open("/ws")) {
                for (RawSocket silent : List.of(apart, halfOpen)) {
                    assertThat(silent.read().opCode()).isEqualTo(RawSocket.PING);
                    assertThat(silent.read().closing()).isEqualTo("1011 keepalive ping timeout");
                }
                for (int i = 0; i < 2; i++) {
                    assertThat(gone.poll(20, TimeUnit.SECONDS))
                            .isEqualTo(new CloseStatus(1011, "keepalive ping timeout"));
                }
                await().atMost(Duration.ofSeconds(20))
                        .until(() -> app.app().sockets().count() == 1);
            }
            assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start))
                    .isBetween(1L, 20L);
            client.signal("CONT");
            client.awaitLine("closed");
            assertThat(pongs.answered()).isGreaterThan(0);
        }
    }

    @Test
    void fault_19_an_idle_client_is_closed_with_1001_and_a_busy_one_is_not() throws Exception {
        SocketOptions.Builder options = SocketOptions.builder()
                .keepAlive(Duration.ofSeconds(1), Duration.ofSeconds(5))
                .idleTimeout(Duration.ofSeconds(2));
        try (RealApp app = start(options);
                RawSocket idle = app.open("/ws");
                RawSocket busy = app.open("/feed")) {
            Thread talking = new Thread(() -> {
                while (busy.offer(RawSocket.encode(RawSocket.FIN | RawSocket.TEXT, new byte[] {'x'}))) {
                    try {
                        // The time between its messages is what is tested.
                        TimeUnit.MILLISECONDS.sleep(500);
                    } catch (InterruptedException e) {
                        return;
                    }
                }
            });
            talking.start();
            RawSocketPongs pongs = new RawSocketPongs(idle);
            assertThat(gone.poll(20, TimeUnit.SECONDS)).isEqualTo(new CloseStatus(1001, "Idle for too long"));
            assertThat(pongs.closing()).isEqualTo("1001 Idle for too long");
            assertThat(app.app().sockets().clients())
                    .singleElement()
                    .satisfies(client -> assertThat(client.isOpen()).isTrue());
            talking.interrupt();
            talking.join();
        }
    }
}

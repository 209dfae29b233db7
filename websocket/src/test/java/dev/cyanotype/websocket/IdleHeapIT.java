/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cyanotype.internal.testkit.wire.RawSocket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class IdleHeapIT {

    private static final int CONNECTIONS = 1000;

    /** Both ends of the connection and what the test keeps; measured: 4.0 to 4.6 kB. */
    private static final long MOST_BYTES = 6000;

    private static final String REQUEST = "GET /echo HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n"
            + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " + RawSocket.KEY + "\r\n\r\n";

    @Test
    void an_idle_websocket_costs_little() throws Exception {
        List<SocketChannel> clients = new ArrayList<>();
        List<Peer> peers = new ArrayList<>();
        try (Host host = Host.started()) {
            for (int i = 0; i < 50; i++) {
                open(host, clients, peers);
            }
            long before = used();
            for (int i = 0; i < CONNECTIONS; i++) {
                open(host, clients, peers);
            }
            assertThat((used() - before) / CONNECTIONS).isLessThan(MOST_BYTES);

            for (SocketChannel client : clients) {
                client.write(ByteBuffer.wrap(
                        RawSocket.encode(RawSocket.FIN | RawSocket.TEXT, new byte[] {'h', 'e', 'l', 'l', 'o'})));
                read(client, 7);
            }
            assertThat((used() - before) / CONNECTIONS).isLessThan(MOST_BYTES);
            for (SocketChannel client : clients) {
                client.close();
            }
            for (Peer peer : peers) {
                assertThat(peer.next()).isEqualTo("opened");
                assertThat(peer.next()).isEqualTo("text hello");
                assertThat(peer.next()).isEqualTo("closed 1006");
            }
        }
    }

    private static void open(Host host, List<SocketChannel> clients, List<Peer> peers) throws Exception {
        SocketChannel client = SocketChannel.open(
                new InetSocketAddress("127.0.0.1", host.address().getPort()));
        clients.add(client);
        client.write(ByteBuffer.wrap(REQUEST.getBytes(StandardCharsets.US_ASCII)));
        for (int newLines = 0; newLines < 4; ) {
            byte next = read(client, 1).get(0);
            newLines = next == '\r' || next == '\n' ? newLines + 1 : 0;
        }
        peers.add(host.peer());
    }

    private static ByteBuffer read(SocketChannel client, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            assertThat(client.read(buffer)).isPositive();
        }
        return buffer;
    }

    /** The least that is in use while nothing happens. */
    private static long used() {
        long[] least = {Long.MAX_VALUE};
        await().pollInterval(50, TimeUnit.MILLISECONDS).until(() -> {
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            long now = runtime.totalMemory() - runtime.freeMemory();
            boolean settled = now > least[0] - 10_000;
            least[0] = Math.min(least[0], now);
            return settled;
        });
        return least[0];
    }
}

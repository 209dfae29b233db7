/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cyanotype.internal.testkit.wire.RawSocket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Clients that do not read, of an app that has 128 MB in all. */
class SlowClientFaultsIT {

    private static final int MESSAGES = 15_000;
    private static final int REQUESTS = 6_000;
    private static final int BYTES = 10_000;
    private static final long MOST_PENDING = 1 << 20;

    /** What waits, what the transport has of it, and what is compiled and cached on the way. */
    private static final long MOST_GROWTH = 12 << 20;

    private static ChildJvm service;
    private static URI address;

    private long slowBefore;
    private long droppedBefore;

    @BeforeAll
    static void start() throws Exception {
        service = ChildJvm.start(FaultsService.class, List.of("-Xmx128m"));
        address = URI.create(service.ask("address"));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @BeforeEach
    void count() {
        slowBefore = counter("slow");
        droppedBefore = counter("dropped");
    }

    private static long counter(String name) {
        String all = service.ask("counters");
        return Long.parseLong(all.replaceAll(".*\\bsockets\\." + name + "=(\\d+).*", "$1"));
    }

    private void counted(long slow, long dropped) {
        assertThat(counter("slow") - slowBefore).isEqualTo(slow);
        assertThat(counter("dropped") - droppedBefore).isEqualTo(dropped);
    }

    private static long heap() {
        return Long.parseLong(service.ask("heap"));
    }

    /** Sends 150 MB to a client that reads nothing of it. */
    private void flood(String endpoint) throws Exception {
        try (Bystander other = new Bystander(address)) {
            long before = heap();
            long pending = Long.parseLong(service.ask("flood " + endpoint + " " + MESSAGES + " " + BYTES));
            assertThat(pending).isBetween(MOST_PENDING / 20, MOST_PENDING);
            assertThat(heap() - before).isLessThan(MOST_GROWTH);
            other.wasNotHeldUp();
        }
    }

    private static int number(RawSocket.Frame frame) {
        assertThat(frame.payload()).hasSize(BYTES);
        return Integer.parseInt(frame.text().strip());
    }

    @Test
    void fault_17_a_client_that_never_reads_is_closed_with_1013() throws Exception {
        try (RawSocket slow = RawSocket.openNarrow(address, "/CLOSE")) {
            flood("CLOSE");
            counted(1, 0);
            service.awaitLine("gone 1013 Too slow");
        }
        try (RawSocket slow = RawSocket.openNarrow(address, "/CLOSE")) {
            // So few that it has time to see why.
            service.ask("flood CLOSE 600 " + BYTES);
            RawSocket.Frame frame = slow.read();
            for (int n = 0; frame.opCode() == RawSocket.TEXT; n++) {
                assertThat(number(frame)).isEqualTo(n);
                frame = slow.read();
            }
            assertThat(frame.closing()).isEqualTo("1013 Too slow");
        }
    }

    @Test
    void fault_17_of_a_client_that_never_reads_the_oldest_messages_are_dropped() throws Exception {
        try (RawSocket slow = RawSocket.openNarrow(address, "/DROP_OLDEST")) {
            flood("DROP_OLDEST");
            slow.socket().setReceiveBufferSize(1 << 20);
            int read = 0;
            int last = -1;
            while (last < MESSAGES - 1) {
                int next = number(slow.read());
                assertThat(next).isGreaterThan(last);
                last = next;
                read++;
            }
            counted(0, MESSAGES - read);
            assertThat(slow.text("still here").read().text()).isEqualTo("still here");
        }
    }

    @Test
    void fault_17_a_client_that_never_reads_gets_the_latest_message_of_each_key() throws Exception {
        try (RawSocket slow = RawSocket.openNarrow(address, "/CONFLATE")) {
            flood("CONFLATE");
            slow.socket().setReceiveBufferSize(1 << 20);
            Set<Integer> latest = new TreeSet<>();
            int read = 0;
            while (latest.size() < 10) {
                int next = number(slow.read());
                read++;
                if (next >= MESSAGES - 10) {
                    assertThat(latest.add(next)).isTrue();
                } else {
                    assertThat(latest).isEmpty();
                }
            }
            counted(0, MESSAGES - read);
            assertThat(slow.text("still here").read().text()).isEqualTo("still here");
        }
    }

    @Test
    void fault_17_a_client_that_asks_and_never_reads_slows_itself_down() throws Exception {
        ByteBuffer requests = ByteBuffer.allocate(REQUESTS * (BYTES + 100));
        for (int n = 0; n < REQUESTS; n++) {
            String text = "%06d".formatted(n) + " ".repeat(BYTES - 6);
            requests.put(RawSocket.encode(RawSocket.FIN | RawSocket.TEXT, text.getBytes(StandardCharsets.US_ASCII)));
        }
        requests.flip();
        try (RawSocket socket = RawSocket.openNarrow(address, "/CLOSE");
                Bystander other = new Bystander(address)) {
            long before = heap();
            Thread asking = new Thread(() -> socket.offer(requests.array(), requests.limit()));
            asking.start();
            long[] taken = {-1};
            await().pollInterval(500, TimeUnit.MILLISECONDS).until(() -> {
                long now = Long.parseLong(service.ask("received"));
                boolean stuck = now == taken[0];
                taken[0] = now;
                return stuck;
            });
            assertThat(taken[0]).isBetween(20L, REQUESTS / 2L);
            assertThat(heap() - before).isLessThan(MOST_GROWTH);
            other.wasNotHeldUp();

            socket.socket().setReceiveBufferSize(1 << 20);
            for (int n = 0; n < REQUESTS; n++) {
                assertThat(number(socket.read())).isEqualTo(n);
            }
            asking.join();
            counted(0, 0);
        }
    }

    @Test
    @Tag("soak")
    void fault_17_many_clients_that_never_read_for_a_minute() throws Exception {
        long bound = 64 << 10;
        List<RawSocket> slow = new ArrayList<>();
        try (ChildJvm small = ChildJvm.start(FaultsService.class, List.of("-Xmx128m"), "pending=" + bound)) {
            URI there = URI.create(small.ask("address"));
            try (Bystander other = new Bystander(there)) {
                long before = Long.parseLong(small.ask("heap"));
                for (int round = 0; round < 12; round++) {
                    // Those that were closed are replaced.
                    for (int i = 0; i < 40; i++) {
                        slow.add(RawSocket.openNarrow(there, "/CLOSE"));
                        if (round == 0) {
                            slow.add(RawSocket.openNarrow(there, "/DROP_OLDEST"));
                        }
                    }
                    assertThat(Long.parseLong(small.ask("pour 5 " + BYTES))).isLessThanOrEqualTo(bound);
                    assertThat(Long.parseLong(small.ask("heap")) - before).isLessThan(3 * MOST_GROWTH);
                }
                other.wasNotHeldUp();
            }
            // Those that may miss messages were silent for too long besides.
            await().untilAsserted(() -> assertThat(small.ask("clients")).isEqualTo("0"));
            assertThat(small.ask("counters")).containsPattern("sockets.slow=(4[89]\\d|5[01]\\d|520)\\b");
        } finally {
            for (RawSocket socket : slow) {
                socket.close();
            }
        }
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cyanotype.internal.testkit.wire.RawSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients that send what is wrong, too long or made to cost much, to an app that has 128 MB in all. */
class HostileClientFaultsIT {

    private static final int AT_ONCE = 20;
    private static final int MOST = 1 << 20;
    private static final long MOST_GROWTH = 12 << 20;

    private static ChildJvm service;
    private static URI address;

    private long heapBefore;
    private Bystander other;

    @BeforeAll
    static void start() throws Exception {
        service = ChildJvm.start(FaultsService.class, List.of("-Xmx128m"), "json=" + (8 << 20));
        address = URI.create(service.ask("address"));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @BeforeEach
    void begin() throws Exception {
        other = new Bystander(address);
        heapBefore = heap();
    }

    /** Whatever was sent: nothing of it is kept, nobody else has noticed, and the clients that were sent away are gone. */
    @AfterEach
    void nothingIsLeft() throws Exception {
        try (Bystander same = other) {
            same.wasNotHeldUp();
        }
        assertThat(heap() - heapBefore).isLessThan(MOST_GROWTH);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(service.ask("clients")).isEqualTo("0"));
    }

    private static long heap() {
        return Long.parseLong(service.ask("heap"));
    }

    private static RawSocket open() throws Exception {
        return RawSocket.open(address, "/ws");
    }

    private static String closing(RawSocket client) throws Exception {
        RawSocket.Frame frame = client.read();
        while (frame.opCode() == RawSocket.PONG) {
            frame = client.read();
        }
        return frame.closing();
    }

    /** The bytes are masked with zero, so that they read as they are sent. */
    @ParameterizedTest
    @CsvSource({
        "a text that is no UTF-8,          81 82 00000000 c328,       1007 a text is not valid UTF-8",
        "a frame that is not masked,       81 02 6869,                1002",
        "reserved bits,                    f1 82 00000000 6869,       1002",
        "a close code that nobody may send, 88 82 00000000 03ee,      1002",
        "a close code out of range,        88 82 00000000 ffff,       1002",
    })
    void fault_18_who_breaks_the_rules_is_closed_with_the_code_for_it(String what, String hex, String closing)
            throws Exception {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        int before = service.output().size();
        List<RawSocket> clients = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            clients.add(open());
        }
        for (RawSocket client : clients) {
            client.bytes(bytes);
        }
        for (RawSocket client : clients) {
            try (client) {
                assertThat(client.read().closing()).as(what).startsWith(closing);
                client.offer(RawSocket.encode(RawSocket.FIN | RawSocket.CLOSE, new byte[0]));
                assertThat(client.isEnded()).isTrue();
            }
        }
        await().untilAsserted(() -> assertThat(
                        service.output().stream().skip(before).filter(line -> line.startsWith("gone " + closing)))
                .hasSize(AT_ONCE));
    }

    @Test
    void fault_18_a_message_that_is_too_large_is_1009_before_it_is_read_to_its_end() throws Exception {
        byte[] head = RawSocket.head(RawSocket.FIN | RawSocket.TEXT, 1L << 30, true);
        byte[] part = new byte[64 << 10];
        for (int i = 0; i < AT_ONCE; i++) {
            try (RawSocket client = open()) {
                client.bytes(head);
                int sent = 0;
                while (sent < 64 * part.length && client.offer(part)) {
                    sent += part.length;
                }
                assertThat(closing(client)).isEqualTo("1009 a message is larger than " + MOST + " bytes");
            }
        }
    }

    @Test
    void fault_18_fragments_without_an_end_are_1009() throws Exception {
        byte[] fragments = new byte[0];
        for (int size : new int[] {1, 10, 100, 1000}) {
            byte[] one = RawSocket.encode(RawSocket.CONTINUATION, new byte[size]);
            int number = 50_000 / one.length;
            byte[] many = new byte[number * one.length];
            for (int i = 0; i < number; i++) {
                System.arraycopy(one, 0, many, i * one.length, one.length);
            }
            fragments = Arrays.copyOf(fragments, fragments.length + many.length);
            System.arraycopy(many, 0, fragments, fragments.length - many.length, many.length);
        }
        for (int i = 0; i < 4; i++) {
            try (RawSocket client = open()) {
                client.frame(RawSocket.TEXT, new byte[] {'"'});
                int sent = 0;
                while (sent < 4 * MOST && client.offer(fragments)) {
                    sent += fragments.length;
                }
                assertThat(closing(client)).isEqualTo("1009 a message is larger than " + MOST + " bytes");
            }
        }
    }

    @Test
    void fault_18_messages_that_never_end_cost_no_more_than_what_was_sent() throws Exception {
        List<RawSocket> clients = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            RawSocket client = open();
            clients.add(client.frame(RawSocket.TEXT, new byte[100_000]));
        }
        await().during(Duration.ofMillis(200))
                .until(() -> service.ask("clients").equals("" + (AT_ONCE + 1)));
        // The capacity doubles.
        assertThat(heap() - heapBefore).isLessThan(2L * AT_ONCE * 100_000 + MOST_GROWTH);
        for (RawSocket client : clients) {
            client.close();
        }
    }

    @Test
    void fault_18_a_flood_of_pings_is_1008_though_nobody_reads_the_pongs() throws Exception {
        byte[] ping = RawSocket.encode(RawSocket.FIN | RawSocket.PING, new byte[125]);
        byte[] pings = new byte[500 * ping.length];
        for (int i = 0; i < 500; i++) {
            System.arraycopy(ping, 0, pings, i * ping.length, ping.length);
        }
        for (int i = 0; i < AT_ONCE; i++) {
            try (RawSocket client = open()) {
                client.offer(pings);
                assertThat(closing(client)).isEqualTo("1008 too many control frames");
            }
        }
    }

    // ---- documents that are made to cost much

    private static String deep(int depth) {
        return "[".repeat(depth) + "]".repeat(depth);
    }

    private static String keys(int number) {
        StringBuilder json = new StringBuilder(number * 12).append('{');
        for (int i = 0; i < number; i++) {
            json.append(i == 0 ? "\"k" : ",\"k").append(i).append("\":0");
        }
        return json.append('}').toString();
    }

    private static String bomb(String kind) {
        return switch (kind) {
            case "depth" -> deep(200_000);
            case "depth in an object" -> "{\"type\":\"echo\",\"data\":" + deep(200_000) + "}";
            case "objects" -> "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000);
            case "number" -> "{\"type\":\"echo\",\"data\":" + "9".repeat(1_000_000) + "}";
            case "name" -> "{\"type\":\"echo\",\"data\":{\"" + "n".repeat(1_000_000) + "\":1}}";
            case "unclosed" -> "[".repeat(1_000_000);
            default -> throw new IllegalArgumentException(kind);
        };
    }

    /** As one frame, or in so many parts. */
    private static void send(RawSocket client, String text, int parts) throws Exception {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int size = (bytes.length + parts - 1) / parts;
        for (int from = 0; from < bytes.length; from += size) {
            int to = Math.min(bytes.length, from + size);
            int first =
                    (from == 0 ? RawSocket.TEXT : RawSocket.CONTINUATION) | (to == bytes.length ? RawSocket.FIN : 0);
            client.frame(first, Arrays.copyOfRange(bytes, from, to));
        }
    }

    private static long millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1_000_000;
    }

    @ParameterizedTest
    @CsvSource({
        "depth, 1",
        "depth, 100",
        "depth in an object, 1",
        "objects, 1",
        "number, 1",
        "number, 100",
        "name, 1",
        "unclosed, 1"
    })
    void fault_29_a_bomb_that_fits_is_answered_with_an_error_and_the_socket_stays(String kind, int parts)
            throws Exception {
        String bomb = bomb(kind);
        try (RawSocket client = open()) {
            long start = System.nanoTime();
            for (int i = 0; i < 5; i++) {
                send(client, bomb, parts);
                assertThat(client.read().text()).isEqualTo("{\"type\":\"error\",\"error\":\"Invalid JSON\"}");
            }
            assertThat(millisSince(start)).isLessThan(5_000);
            client.text("{\"type\":\"echo\",\"data\":1}");
            assertThat(client.read().text()).isEqualTo("{\"type\":\"response\",\"data\":1}");
        }
    }

    @ParameterizedTest
    @CsvSource({"string, 1", "string, 2000", "keys, 1", "keys, 200"})
    void fault_29_a_bomb_that_does_not_fit_is_1009(String kind, int parts) throws Exception {
        byte[] part = new byte[100_000];
        Arrays.fill(part, (byte) 'a');
        byte[] keys = kind.equals("keys") ? keys(1_000_000).getBytes(StandardCharsets.US_ASCII) : part;
        long length = kind.equals("keys") ? keys.length : 100_000_000;
        try (RawSocket client = open()) {
            long start = System.nanoTime();
            if (parts == 1) {
                client.bytes(RawSocket.head(RawSocket.FIN | RawSocket.TEXT, length, true));
                for (long sent = 0; sent < length && client.offer(keys); ) {
                    sent += keys.length;
                }
            } else {
                boolean taken = client.offer(RawSocket.encode(RawSocket.TEXT, new byte[] {'"'}));
                for (int i = 0; i < parts && taken; i++) {
                    int size = (int) Math.min(part.length, length / parts);
                    taken = client.offer(RawSocket.encode(RawSocket.CONTINUATION, Arrays.copyOf(part, size)));
                }
            }
            assertThat(closing(client)).isEqualTo("1009 a message is larger than " + MOST + " bytes");
            assertThat(millisSince(start)).isLessThan(5_000);
        }
    }

    @Test
    void fault_29_very_many_keys_cost_no_more_than_their_number() throws Exception {
        try (RawSocket client = open();
                RawSocket large = RawSocket.open(address, "/json")) {
            long start = System.nanoTime();
            int fits = 80_000;
            client.text("{\"type\":\"echo\",\"data\":" + keys(fits) + "}");
            assertThat(client.read().payload().length).isGreaterThan(MOST - 200_000);
            // Keys with one hash code, as String.hashCode has it.
            StringBuilder same = new StringBuilder("{");
            for (int i = 0; i < 1 << 14; i++) {
                same.append(i == 0 ? "\"" : ",\"");
                for (int bit = 0; bit < 14; bit++) {
                    same.append((i >> bit & 1) == 0 ? "Aa" : "BB");
                }
                same.append("\":0");
            }
            client.text("{\"type\":\"echo\",\"data\":" + same + "}}");
            assertThat(client.read().text()).startsWith("{\"type\":\"response\",\"data\":{\"AaAa");
            large.text(keys(600_000));
            assertThat(large.read().text()).isEqualTo("600000");
            assertThat(millisSince(start)).isLessThan(10_000);
        }
    }
}

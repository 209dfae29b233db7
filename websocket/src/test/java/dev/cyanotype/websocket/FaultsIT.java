/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cyanotype.internal.testkit.wire.RawSocket;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultsIT {

    private static final int MAX_MESSAGE_BYTES = 64 << 10;

    private Host host;

    @BeforeEach
    void start() throws Exception {
        host = Host.started();
    }

    @AfterEach
    void stop() {
        host.close();
    }

    /** The bytes are a whole frame but for the mask, which is zero, so that they read as they are sent. */
    @ParameterizedTest
    @CsvSource({
        "not masked,                 81 02 6869,                   1002",
        "RSV1,                       c1 82 00000000 6869,          1002",
        "RSV2,                       a1 82 00000000 6869,          1002",
        "RSV3,                       91 82 00000000 6869,          1002",
        "RSV1 on a ping,             c9 80 00000000,               1002",
        "data opcode 3,              83 82 00000000 6869,          1002",
        "control opcode 11,          8b 80 00000000,               1002",
        "a part of nothing,          80 82 00000000 6869,          1002",
        "a text within a text,       01 82 00000000 6869 81 80 00000000, 1002",
        "a ping in parts,            09 80 00000000,               1002",
        "a long ping,                89 fe 007e 00000000 6869,     1002",
        "half a close code,          88 81 00000000 03,            1002",
        "close code 999,             88 82 00000000 03e7,          1002",
        "close code 1005,            88 82 00000000 03ed,          1002",
        "close code 1006,            88 82 00000000 03ee,          1002",
        "close code 5000,            88 82 00000000 1388,          1002",
        "a reason that is no UTF-8,  88 83 00000000 03e8 ff,       1007",
        "a text that is no UTF-8,    81 82 00000000 c328,          1007",
        "a surrogate,                81 83 00000000 eda080,        1007",
        "half a character,           81 81 00000000 c3,            1007",
        "too many bytes for a character, 81 82 00000000 c080,      1007",
        "a length beyond 2 GiB,      82 ff 0000010000000000 00000000 6869, 1009",
        "a length below zero,        82 ff 8000000000000000 00000000 6869, 1009",
    })
    void a_client_that_breaks_the_rules_is_told_how(String what, String hex, String code) throws Exception {
        try (RawSocket client = host.open("/echo")) {
            Peer peer = host.peer();
            assertThat(peer.next()).isEqualTo("opened");
            client.bytes(HexFormat.of().parseHex(hex.replace(" ", "")));
            assertThat(client.read().closing()).as(what).startsWith(code);
            client.offer(RawSocket.encode(RawSocket.FIN | RawSocket.CLOSE, new byte[0]));
            assertThat(client.isEnded()).isTrue();
            assertThat(peer.next()).as(what).startsWith("closed " + code);
            await().during(100, TimeUnit.MILLISECONDS).until(() -> !peer.hasMore());
        }
    }

    @Test
    void a_replacement_character_may_be_sent() throws Exception {
        try (RawSocket client = host.open("/echo")) {
            client.text("a\uFFFDb");
            assertThat(client.read().toString()).isEqualTo("81 a\uFFFDb");
        }
    }

    @ParameterizedTest
    @CsvSource({"65536, 1", "65536, 16", "65535, 3"})
    void a_message_of_just_the_allowed_size_is_taken(int size, int parts) throws Exception {
        try (RawSocket client = host.open("/echo")) {
            byte[] part = new byte[size / parts];
            for (int i = 0; i < parts; i++) {
                int first = (i == 0 ? RawSocket.BINARY : RawSocket.CONTINUATION) | (i == parts - 1 ? RawSocket.FIN : 0);
                client.frame(first, part);
            }
            assertThat(client.read().payload()).hasSize(size);
        }
    }

    @Test
    void a_message_that_is_too_large_is_1009() throws Exception {
        try (RawSocket client = host.open("/echo")) {
            client.frame(RawSocket.FIN | RawSocket.TEXT, new byte[MAX_MESSAGE_BYTES + 1]);
            tooLarge(client);
        }
    }

    @Test
    void the_rest_of_a_huge_frame_is_not_waited_for() throws Exception {
        try (RawSocket client = host.open("/echo")) {
            client.bytes(RawSocket.head(RawSocket.FIN | RawSocket.BINARY, 1 << 30, true));
            client.bytes(new byte[MAX_MESSAGE_BYTES + 1]);
            assertThat(client.read().closing()).isEqualTo("1009 a message is larger than 65536 bytes");
        }
    }

    @Test
    void parts_without_an_end_are_1009() throws Exception {
        try (RawSocket client = host.open("/echo")) {
            byte[] part = new byte[1024];
            client.frame(RawSocket.TEXT, part);
            for (int i = 0; i < 64; i++) {
                client.frame(RawSocket.CONTINUATION, part);
            }
            tooLarge(client);
        }
    }

    private void tooLarge(RawSocket client) throws Exception {
        assertThat(client.read().closing()).isEqualTo("1009 a message is larger than 65536 bytes");
        client.offer(RawSocket.encode(RawSocket.FIN | RawSocket.CLOSE, new byte[0]));
        assertThat(client.isEnded()).isTrue();
        Peer peer = host.peer();
        assertThat(peer.next()).isEqualTo("opened");
        assertThat(peer.next()).isEqualTo("closed 1009 a message is larger than 65536 bytes");
    }

    @Test
    void empty_parts_without_an_end_are_1008() throws Exception {
        try (RawSocket client = host.open("/echo")) {
            client.frame(RawSocket.TEXT, new byte[0]);
            for (int i = 0; i < 200; i++) {
                client.frame(RawSocket.CONTINUATION, new byte[0]);
            }
            assertThat(client.read().closing()).isEqualTo("1008 too many empty frames");
        }
    }

    @Test
    void a_flood_of_pings_is_1008() throws Exception {
        try (RawSocket client = host.open("/echo")) {
            for (int i = 0; i < 300; i++) {
                client.frame(RawSocket.FIN | RawSocket.PING, "ping".getBytes(StandardCharsets.UTF_8));
            }
            RawSocket.Frame frame = client.read();
            int pongs = 0;
            for (; frame.opCode() == RawSocket.PONG; frame = client.read()) {
                pongs++;
            }
            assertThat(frame.closing()).isEqualTo("1008 too many control frames");
            assertThat(pongs).isBetween(1, 100);
        }
    }

    @Test
    void a_flood_of_pings_from_a_client_that_never_reads_ends() throws Exception {
        try (RawSocket client = host.open("/echo")) {
            byte[] flood = new byte[0];
            for (int i = 0; i < 100; i++) {
                byte[] ping = RawSocket.encode(RawSocket.FIN | RawSocket.PING, new byte[125]);
                byte[] more = java.util.Arrays.copyOf(flood, flood.length + ping.length);
                System.arraycopy(ping, 0, more, flood.length, ping.length);
                flood = more;
            }
            long start = System.nanoTime();
            while (client.offer(flood)) {
                assertThat(System.nanoTime() - start).isLessThan(15_000_000_000L);
            }
            Peer peer = host.peer();
            String event = peer.next();
            for (; event.equals("opened") || event.equals("pong"); event = peer.next()) {}
            assertThat(event).isEqualTo("closed 1008 too many control frames");
        }
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.internal.testkit.wire.RawSocket;
import dev.cyanotype.spi.SocketFrame;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Websockets frame by frame; all of it is skipped where there are no connections. */
abstract class FramesContract extends SocketApps {

    private Peer peer;

    @BeforeEach
    void assumeConnections() {
        uri();
        peer = Peer.eager();
    }

    private RawSocket open() throws Exception {
        String path = path();
        accept(path, peer, null);
        RawSocket client = closing(RawSocket.open(uri(), path));
        assertThat(peer.next()).isEqualTo("opened");
        return client;
    }

    /** The bytes are masked with zero, so that they read as they are sent. */
    @Rule(47)
    @ParameterizedTest
    @CsvSource({
        "not masked,                 81 02 6869,                   1002",
        "a reserved bit,             c1 82 00000000 6869,          1002",
        "data opcode 3,              83 82 00000000 6869,          1002",
        "control opcode 11,          8b 80 00000000,               1002",
        "a part of nothing,          80 82 00000000 6869,          1002",
        "a text within a text,       01 82 00000000 6869 81 80 00000000, 1002",
        "a ping in parts,            09 80 00000000,               1002",
        "a long ping,                89 fe 007e 00000000 6869,     1002",
        "close code 1005,            88 82 00000000 03ed,          1002",
        "a text that is no UTF-8,    81 82 00000000 c328,          1007",
        "half a character,           81 81 00000000 c3,            1007",
    })
    void who_breaks_the_rules_is_told_how(String what, String hex, int code) throws Exception {
        RawSocket client = open();

        client.bytes(HexFormat.of().parseHex(hex.replace(" ", "")));

        assertThat(client.read().closing()).as(what).startsWith("" + code);
        client.offer(RawSocket.encode(RawSocket.FIN | RawSocket.CLOSE, new byte[0]));
        assertThat(client.isEnded()).isTrue();
        assertThat(peer.nextButPongs()).as(what).startsWith("closed " + code);
    }

    @Rule(47)
    @Test
    void a_message_beyond_the_limit_is_refused_before_it_is_there() throws Exception {
        RawSocket client = open();

        client.bytes(RawSocket.head(RawSocket.FIN | RawSocket.BINARY, 1 << 30, true));
        client.offer(new byte[Peer.MAX_MESSAGE_BYTES + 1]);

        assertThat(client.read().closing()).startsWith("1009");
        client.offer(RawSocket.encode(RawSocket.FIN | RawSocket.CLOSE, new byte[0]));
        assertThat(peer.next()).startsWith("closed 1009");
    }

    @Rule(47)
    @ParameterizedTest
    @CsvSource({"65536, 1, true", "65536, 16, true", "65552, 16, false"})
    void the_parts_of_a_message_count_together(int size, int parts, boolean taken) throws Exception {
        RawSocket client = open();

        for (int n = 0; n < parts; n++) {
            int first = (n == 0 ? RawSocket.BINARY : RawSocket.CONTINUATION) | (n == parts - 1 ? RawSocket.FIN : 0);
            client.offer(RawSocket.encode(first, new byte[size / parts]));
        }

        if (taken) {
            assertThat(peer.next()).isEqualTo("binary " + size);
        } else {
            assertThat(client.read().closing()).startsWith("1009");
            client.offer(RawSocket.encode(RawSocket.FIN | RawSocket.CLOSE, new byte[0]));
            assertThat(peer.next()).startsWith("closed 1009");
        }
    }

    @Rule({45, 46})
    @Test
    void parts_are_put_together_and_pings_between_them_are_answered() throws Exception {
        byte[] text = "grüße".getBytes(StandardCharsets.UTF_8);
        RawSocket client = open();

        // The first part ends in the middle of a character.
        client.frame(RawSocket.TEXT, Arrays.copyOf(text, 3));
        client.frame(RawSocket.FIN | RawSocket.PING, new byte[] {'p'});
        assertThat(client.read().toString()).isEqualTo("8a p");
        client.frame(RawSocket.CONTINUATION, new byte[0]);
        client.frame(RawSocket.FIN | RawSocket.CONTINUATION, Arrays.copyOfRange(text, 3, text.length));

        assertThat(peer.nextButPongs()).isEqualTo("text grüße");
    }

    @Rule(46)
    @Test
    void pings_are_answered_though_nobody_asks_for_messages() throws Exception {
        peer = Peer.quiet();
        RawSocket client = open();
        byte[] most = "x".repeat(125).getBytes(StandardCharsets.US_ASCII);

        for (byte[] payload : new byte[][] {{}, {'a'}, most}) {
            client.frame(RawSocket.FIN | RawSocket.PING, payload);

            RawSocket.Frame pong = client.read();
            assertThat(pong.opCode()).isEqualTo(RawSocket.PONG);
            assertThat(pong.payload()).isEqualTo(payload);
            assertThat(peer.next()).isEqualTo("pong");
        }
    }

    @Rule(45)
    @Test
    void what_nobody_asks_for_stays_in_the_network() throws Exception {
        peer = Peer.quiet();
        RawSocket client = open();
        byte[] message = RawSocket.encode(RawSocket.FIN | RawSocket.TEXT, new byte[60_000]);
        int count = 1_000;
        AtomicInteger sent = new AtomicInteger();
        Thread writer = new Thread(() -> {
            while (sent.get() < count && client.offer(message)) {
                sent.incrementAndGet();
            }
        });
        writer.start();
        // It has stopped when it has not got on for a while.
        long[] since = {System.nanoTime()};
        int[] before = {-1};
        eventually().until(() -> {
            if (before[0] != sent.get()) {
                before[0] = sent.get();
                since[0] = System.nanoTime();
            }
            return System.nanoTime() - since[0] > 250_000_000;
        });

        // What the two systems hold for a connection is far below the 60 MB that are to be sent.
        assertThat(sent.get()).isLessThan(count / 2);
        for (int n = 0; n < count; n++) {
            peer.connection().demand();
            assertThat(peer.next()).isEqualTo("text 60000 characters");
        }
        writer.join();
        assertThat(sent).hasValue(count);
    }

    @Rule(48)
    @Test
    void sending_blocks_nobody_and_is_reported_once_though_the_client_does_not_read() throws Exception {
        RawSocket client = open();
        SocketFrame much = SocketFrame.binary(new byte[1 << 20]);
        AtomicInteger done = new AtomicInteger();
        AtomicInteger failed = new AtomicInteger();
        int count = 40;

        for (int n = 0; n < count; n++) {
            peer.connection().send(much, failure -> (failure == null ? done : failed).incrementAndGet());
        }
        assertThat(done.get()).isLessThan(count);
        client.reset();

        assertThat(peer.next()).isEqualTo("closed 1006");
        eventually().until(() -> done.get() + failed.get() >= count);
        visit(Peer.eager());
        assertThat(done.get() + failed.get()).isEqualTo(count);
        assertThat(failed).hasPositiveValue();
    }

    @Rule(49)
    @Test
    void a_client_that_does_not_answer_a_close_is_gone_after_five_seconds() throws Exception {
        RawSocket client = open();

        long start = System.nanoTime();
        peer.connection().close(1013, "slow");

        assertThat(client.read().closing()).isEqualTo("1013 slow");
        assertThat(peer.next()).isEqualTo("closed 1013 slow");
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(4_500), Duration.ofMillis(9_000));
        assertThat(client.isEnded()).isTrue();
    }

    @Rule(49)
    @Test
    void a_close_without_a_code_is_answered_without_one() throws Exception {
        RawSocket client = open();

        client.frame(RawSocket.FIN | RawSocket.CLOSE, new byte[0]);

        assertThat(client.read().closing()).isEqualTo("1005");
        assertThat(client.isEnded()).isTrue();
        assertThat(peer.next()).isEqualTo("closed 1005");
    }

    @Rule({44, 49})
    @Test
    void a_message_that_nobody_asked_for_does_not_hide_the_answer_to_a_close() throws Exception {
        peer = Peer.quiet();
        RawSocket client = open();
        client.text("unasked");

        peer.connection().close(1001, "");
        assertThat(client.read().closing()).isEqualTo("1001");
        client.closing(1001, "");

        assertThat(client.isEnded()).isTrue();
        assertThat(peer.next()).isEqualTo("closed 1001");
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
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
            client.frame(RawSocket.TEXT, java.util.Arrays.copyOf(text, 3));
            client.frame(RawSocket.FIN | RawSocket.PING, new byte[] {'p'});
            assertThat(client.read().toString()).isEqualTo("8a p");
            client.frame(RawSocket.CONTINUATION, new byte[0]);
            client.frame(RawSocket.FIN | RawSocket.CONTINUATION, java.util.Arrays.copyOfRange(text, 3, text.length));
            assertThat(client.read().toString()).isEqualTo("81 grüße");
        }
    }
}

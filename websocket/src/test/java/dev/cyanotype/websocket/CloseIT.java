/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cyanotype.internal.testkit.wire.Answer;
import dev.cyanotype.internal.testkit.wire.RawSocket;
import dev.cyanotype.spi.SocketFrame;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CloseIT {

    private Host host;

    @BeforeEach
    void start() throws Exception {
        host = Host.started();
    }

    @AfterEach
    void stop() {
        host.close();
    }

    private Peer opened() throws InterruptedException {
        Peer peer = host.peer();
        assertThat(peer.next()).isEqualTo("opened");
        return peer;
    }

    private static void nothingMoreAt(Peer peer) {
        await().during(200, TimeUnit.MILLISECONDS).until(() -> !peer.hasMore());
    }

    @ParameterizedTest
    @CsvSource({"1000,bye", "1001,going", "1008,''", "1013,later", "3000,a", "4999,z"})
    void a_clients_close_is_answered_with_the_same(int code, String reason) throws Exception {
        try (RawSocket client = host.open("/echo")) {
            Peer peer = opened();
            client.closing(code, reason);
            String same = code + (reason.isEmpty() ? "" : " " + reason);
            assertThat(client.read().closing()).isEqualTo(same);
            assertThat(client.isEnded()).isTrue();
            assertThat(peer.next()).isEqualTo("closed " + same);
            nothingMoreAt(peer);
        }
    }

    @Test
    void a_close_without_a_code_is_answered_without_one() throws Exception {
        try (RawSocket client = host.open("/echo")) {
            Peer peer = opened();
            client.frame(RawSocket.FIN | RawSocket.CLOSE, new byte[0]);
            assertThat(client.read().closing()).isEqualTo("1005");
            assertThat(client.isEnded()).isTrue();
            assertThat(peer.next()).isEqualTo("closed 1005");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1001, 1008, 1011, 1013, 4000})
    void a_close_of_the_app_comes_behind_what_was_sent_and_waits_for_the_client(int code) throws Exception {
        try (RawSocket client = host.open("/echo")) {
            Peer peer = opened();
            peer.connection.send(SocketFrame.text("last words"), failure -> {});
            peer.connection.close(code, "why");
            peer.connection.close(4444, "again");
            assertThat(client.read().toString()).isEqualTo("81 last words");
            assertThat(client.read().closing()).isEqualTo(code + " why");
            nothingMoreAt(peer);
            // What the client had sent before it saw the close is read and dropped.
            client.text("too late").frame(RawSocket.FIN | RawSocket.PING, new byte[0]);
            client.closing(code, "why");
            assertThat(client.isEnded()).isTrue();
            assertThat(peer.next()).isEqualTo("closed " + code + " why");
            nothingMoreAt(peer);
        }
    }

    @Test
    void a_message_that_nobody_asked_for_does_not_hide_the_clients_answer() throws Exception {
        try (RawSocket client = host.open("/quiet")) {
            Peer peer = opened();
            client.text("unasked");
            nothingMoreAt(peer);
            peer.connection.close(1001, "");
            assertThat(client.read().closing()).isEqualTo("1001");
            client.closing(1001, "");
            assertThat(client.isEnded()).isTrue();
            assertThat(peer.next()).isEqualTo("closed 1001");
        }
    }

    @Test
    void a_reason_is_cut_between_two_characters() throws Exception {
        try (RawSocket client = host.open("/echo")) {
            opened().connection.close(4000, "é".repeat(100));
            RawSocket.Frame frame = client.read();
            assertThat(frame.payload()).hasSize(2 + 122);
            assertThat(frame.closing()).isEqualTo("4000 " + "é".repeat(61));
        }
    }

    @Test
    void a_client_that_does_not_answer_is_cut_after_five_seconds() throws Exception {
        try (RawSocket client = host.open("/echo")) {
            Peer peer = opened();
            long start = System.nanoTime();
            peer.connection.close(1013, "slow");
            assertThat(client.read().closing()).isEqualTo("1013 slow");
            assertThat(peer.next()).isEqualTo("closed 1013 slow");
            assertThat(System.nanoTime() - start).isBetween(4_500_000_000L, 9_000_000_000L);
            nothingMoreAt(peer);
        }
    }

    @Test
    void a_client_that_does_not_read_is_cut_after_five_seconds() throws Exception {
        try (RawSocket client = host.open("/echo")) {
            Peer peer = opened();
            List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
            SocketFrame much = SocketFrame.binary(new byte[1 << 20]);
            for (int i = 0; i < 30; i++) {
                peer.connection.send(much, failure -> {
                    if (failure != null) {
                        failures.add(failure);
                    }
                });
            }
            long start = System.nanoTime();
            peer.connection.close(1013, "slow");
            assertThat(peer.next()).isEqualTo("closed 1013 slow");
            assertThat(System.nanoTime() - start).isBetween(4_500_000_000L, 9_000_000_000L);
            await().until(() -> !failures.isEmpty());
            assertThat(client.socket().isClosed()).isFalse();
        }
    }

    @Test
    void a_client_that_closes_and_does_not_read_is_cut_after_five_seconds() throws Exception {
        try (RawSocket client = host.open("/echo")) {
            Peer peer = opened();
            SocketFrame much = SocketFrame.binary(new byte[1 << 20]);
            for (int i = 0; i < 30; i++) {
                peer.connection.send(much, failure -> {});
            }
            client.closing(4001, "off");
            assertThat(peer.next()).isEqualTo("closed 4001 off");
            nothingMoreAt(peer);
        }
    }

    @Test
    void an_abort_sends_nothing() throws Exception {
        try (RawSocket client = host.open("/echo")) {
            Peer peer = opened();
            peer.connection.abort();
            assertThat(client.isEnded()).isTrue();
            assertThat(peer.next()).isEqualTo("closed 1006");
            peer.connection.abort();
            peer.connection.close(1001, "");
            peer.connection.ping();
            peer.connection.demand();
            nothingMoreAt(peer);
        }
    }

    @Test
    void a_broken_connection_is_1006() throws Exception {
        try (RawSocket client = host.open("/echo")) {
            Peer peer = opened();
            client.reset();
            assertThat(peer.next()).isEqualTo("closed 1006");
            nothingMoreAt(peer);
        }
    }

    @Test
    void a_client_that_sends_no_more_without_a_close_is_1006() throws Exception {
        try (RawSocket client = host.open("/echo")) {
            Peer peer = opened();
            client.sendNoMore();
            assertThat(client.isEnded()).isTrue();
            assertThat(peer.next()).isEqualTo("closed 1006");
            nothingMoreAt(peer);
        }
    }

    @Test
    void what_is_sent_after_the_end_fails() throws Exception {
        try (RawSocket client = host.open("/echo")) {
            Peer peer = opened();
            client.reset();
            assertThat(peer.next()).isEqualTo("closed 1006");
            List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
            peer.connection.send(SocketFrame.text("x"), failures::add);
            await().until(() -> failures.size() == 1);
            assertThat(failures).doesNotContainNull();
        }
    }

    @Test
    void closing_the_transport_cuts_what_is_left_and_refuses_what_comes() throws Exception {
        try (RawSocket client = host.open("/echo");
                RawSocket late = host.connect()) {
            Peer peer = opened();
            host.transport("websocket").close();
            assertThat(client.isEnded()).isTrue();
            assertThat(peer.next()).isEqualTo("closed 1006");
            Answer answer = late.ask("/echo");
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("Retry-After")).isEqualTo("5");
            assertThat(answer.text()).isEqualTo("This service is stopping.\n");
            assertThat(late.get("/route").text()).isEqualTo("http /route");
        }
    }
}

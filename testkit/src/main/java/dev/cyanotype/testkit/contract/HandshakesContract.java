/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.exchange.Headers;
import dev.cyanotype.internal.testkit.wire.Answer;
import dev.cyanotype.internal.testkit.wire.RawSocket;
import dev.cyanotype.spi.RenderedResponse;
import dev.cyanotype.spi.Upgrade;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How websockets begin on a connection; all of it is skipped where there are none. */
@Rule(42)
abstract class HandshakesContract extends SocketApps {

    private String echo;

    @BeforeEach
    void acceptAll() {
        uri();
        echo = path();
        accept(echo, Peer.eager(), null);
    }

    private RawSocket connect() throws Exception {
        return closing(RawSocket.connect(uri()));
    }

    @Rule({42, 43})
    @Test
    void the_key_is_answered_and_no_extension_is_confirmed() throws Exception {
        Answer answer = connect().ask(echo, "Sec-WebSocket-Extensions: x-nobody-speaks; client_max_window_bits");

        assertThat(answer.status()).isEqualTo(101);
        assertThat(answer.header("Upgrade")).isEqualToIgnoringCase("websocket");
        assertThat(answer.header("Connection")).isEqualToIgnoringCase("upgrade");
        assertThat(answer.header("Sec-WebSocket-Accept")).isEqualTo(RawSocket.ACCEPT);
        assertThat(answer.header("Sec-WebSocket-Extensions")).isNull();
        assertThat(answer.header("Sec-WebSocket-Protocol")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sec-WebSocket-Version: 8|Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Version: 13|Sec-WebSocket-Key: c2hvcnQ=",
                "Sec-WebSocket-Version: 13|Sec-WebSocket-Key: ????????????????????????",
            })
    void who_asks_wrongly_is_answered_by_the_transport(String fields) throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        probe.upgrade(echo, request -> {
            never.countDown();
            return CompletableFuture.completedFuture(new Upgrade.Absent());
        });

        Answer answer = connect()
                .exchange("GET " + echo
                        + " HTTP/1.1\r\nHost: localhost\r\nConnection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n"
                        + fields.replace("|", "\r\n") + "\r\n\r\n");

        assertThat(answer.status()).isBetween(400, 499);
        assertThat(never.getCount()).isEqualTo(1);
    }

    @Test
    void letter_case_and_further_tokens_make_no_difference() throws Exception {
        Answer answer = connect()
                .exchange("GET " + echo
                        + " HTTP/1.1\r\nHost: localhost\r\nConnection: keep-alive, UPGRADE\r\nUpgrade: WebSocket\r\n"
                        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " + RawSocket.KEY + "\r\n\r\n");

        assertThat(answer.status()).isEqualTo(101);
    }

    @Rule(43)
    @Test
    void a_connection_stays_usable_after_a_refusal() throws Exception {
        String refused = path();
        probe.upgrade(
                refused,
                request -> CompletableFuture.completedFuture(
                        new Upgrade.Refused(RenderedResponse.empty(401, Headers.empty()))));
        RawSocket client = connect();

        assertThat(client.ask(refused).status()).isEqualTo(401);
        assertThat(client.ask(refused).status()).isEqualTo(401);
        assertThat(client.ask(echo).status()).isEqualTo(101);
    }

    @Rule(44)
    @Test
    void a_client_that_is_gone_before_the_decision_is_told_to_the_app() throws Exception {
        String path = path();
        Peer peer = Peer.eager();
        CompletableFuture<Upgrade> later = new CompletableFuture<>();
        CountDownLatch asked = new CountDownLatch(1);
        probe.upgrade(path, request -> {
            asked.countDown();
            return later;
        });
        RawSocket client = connect();
        client.bytes(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " + RawSocket.KEY + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        assertThat(asked.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();

        client.reset();
        later.complete(new Upgrade.Accepted(peer, null));

        String first = peer.next();
        assertThat(first.equals("opened") ? peer.next() : first).isEqualTo("closed 1006");
        visit(Peer.eager());
        assertThat(peer.hasMore()).isFalse();
    }
}

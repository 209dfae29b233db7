/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.exchange.Headers;
import dev.cyanotype.internal.testkit.wire.Answer;
import dev.cyanotype.spi.HttpRequest;
import dev.cyanotype.spi.RenderedResponse;
import dev.cyanotype.spi.SocketFrame;
import dev.cyanotype.spi.Upgrade;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What apps and clients have of each other over a websocket. */
abstract class SocketsContract extends SocketApps {

    private static Peer opened(Peer peer) throws InterruptedException {
        assertThat(peer.next()).isEqualTo("opened");
        return peer;
    }

    @Rule({42, 50})
    @Test
    void the_request_is_given_as_sent_and_can_be_read_as_long_as_the_socket_is_open() throws Exception {
        String path = path() + "/a%2Fb";
        Peer peer = Peer.eager();
        accept(path, peer, null);

        SocketSite.Visitor client =
                visitor(site().ask(path + "?q=1%202", "X-Twice: one", "X-Twice: two", "Cookie: a=b"));
        opened(peer);
        HttpRequest request = request();
        // A server may use its own request again for others.
        visit(Peer.eager());
        client.text("still here");
        assertThat(peer.next()).isEqualTo("text still here");

        assertThat(request.method()).isEqualTo("GET");
        assertThat(request.path()).isEqualTo(path);
        assertThat(request.query()).isEqualTo("q=1%202");
        assertThat(request.header("x-twice")).isEqualTo("one");
        assertThat(request.headers("X-TWICE")).containsExactly("one", "two");
        assertThat(request.header("Cookie")).isEqualTo("a=b");
        assertThat(request.headers("Origin")).isEmpty();
    }

    @Rule(42)
    @Test
    void a_decision_may_be_that_there_is_no_websocket() throws Exception {
        String path = path();
        probe.upgrade(path, request -> CompletableFuture.completedFuture(new Upgrade.Absent()));

        Answer refusal = Objects.requireNonNull(site().ask(path).refusal(), "refusal");

        assertThat(refusal.status()).isEqualTo(404);
    }

    @Rule(42)
    @Test
    void a_decision_may_block_and_come_later() throws Exception {
        String path = path();
        Peer peer = Peer.eager();
        probe.upgrade(path, request -> CompletableFuture.supplyAsync(() -> new Upgrade.Accepted(peer, null)));

        visitor(site().ask(path)).text("late");

        opened(peer);
        assertThat(peer.next()).isEqualTo("text late");
    }

    @Rule(43)
    @Test
    void a_refusal_is_answered_like_any_request_and_closed_once() throws Exception {
        String path = path();
        byte[] body = "{\"why\":\"origin\"}".getBytes(StandardCharsets.UTF_8);
        AtomicInteger asked = new AtomicInteger();
        probe.upgrade(path, request -> {
            asked.incrementAndGet();
            RenderedResponse response =
                    RenderedResponse.ofBytes(403, Headers.empty().with("X-Why", "origin"), "application/json", body);
            return CompletableFuture.completedFuture(new Upgrade.Refused(probe.counted(path, response)));
        });

        Answer refusal = Objects.requireNonNull(site().ask(path).refusal(), "refusal");

        assertThat(refusal.status()).isEqualTo(403);
        assertThat(refusal.header("Content-Type")).isEqualTo("application/json");
        assertThat(refusal.header("X-Why")).isEqualTo("origin");
        assertThat(refusal.text()).isEqualTo("{\"why\":\"origin\"}");
        eventually().until(() -> probe.closes(path) >= asked.get());
        visit(Peer.eager());
        assertThat(probe.closes(path)).isEqualTo(asked.get());
    }

    @Rule(43)
    @Test
    void a_subprotocol_is_confirmed_only_if_the_app_says_so() throws Exception {
        String chosen = path();
        String none = path();
        accept(chosen, Peer.eager(), "chat");
        accept(none, Peer.eager(), null);

        assertThat(visitor(site().ask(chosen, "Sec-WebSocket-Protocol: bearer.secret, chat"))
                        .subprotocol())
                .isEqualTo("chat");
        assertThat(visitor(site().ask(none, "Sec-WebSocket-Protocol: bearer.secret, chat"))
                        .subprotocol())
                .isNull();
    }

    @Rule({44, 45})
    @Test
    void texts_and_binaries_come_and_go() throws Exception {
        Peer peer = Peer.eager();
        SocketSite.Visitor client = visit(peer);
        opened(peer);

        client.text("hé \uD83D\uDE00");
        client.binary(new byte[] {1, 2, 3});
        client.text("");
        peer.connection().send(SocketFrame.text("grüße"), failure -> {});
        peer.connection().send(SocketFrame.binary(new byte[65_536]), failure -> {});

        assertThat(peer.next()).isEqualTo("text hé \uD83D\uDE00");
        assertThat(peer.next()).isEqualTo("binary 3");
        assertThat(peer.next()).isEqualTo("text ");
        assertThat(client.next()).isEqualTo("text grüße");
        assertThat(client.next()).isEqualTo("binary 65536");
    }

    @Rule({44, 49})
    @ParameterizedTest
    @CsvSource({"1000,bye", "1001,going", "1008,''", "3000,a", "4999,z"})
    void a_clients_leave_is_told_once_and_last(int code, String reason) throws Exception {
        Peer peer = Peer.eager();
        SocketSite.Visitor client = visit(peer);
        opened(peer);

        client.text("last words");
        client.close(code, reason);

        String same = "closed " + code + (reason.isEmpty() ? "" : " " + reason);
        assertThat(peer.next()).isEqualTo("text last words");
        assertThat(peer.nextButPongs()).isEqualTo(same);
        // Answered with its own code.
        assertThat(client.next()).isEqualTo(same);
        visit(Peer.eager());
        assertThat(peer.hasMore()).isFalse();
    }

    @Rule(44)
    @Test
    void a_client_that_is_gone_without_a_word_is_1006() throws Exception {
        Peer peer = Peer.eager();
        SocketSite.Visitor client = visit(peer);
        opened(peer);

        client.vanish();

        assertThat(peer.next()).isEqualTo("closed 1006");
        visit(Peer.eager());
        assertThat(peer.hasMore()).isFalse();
    }

    @Rule(45)
    @Test
    void one_message_is_given_for_each_demand() throws Exception {
        Peer peer = Peer.quiet();
        SocketSite.Visitor client = visit(peer);
        opened(peer);
        List<String> texts = List.of("one", "two", "three");
        for (String text : texts) {
            client.text(text);
        }

        for (String text : texts) {
            // There and back again, which takes longer than a message that comes unasked.
            peer.connection().send(SocketFrame.text("before " + text), failure -> {});
            assertThat(client.next()).isEqualTo("text before " + text);
            assertThat(peer.hasMore()).isFalse();
            peer.connection().demand();
            assertThat(peer.next()).isEqualTo("text " + text);
        }
        peer.connection().demand();
        client.text("four");
        assertThat(peer.next()).isEqualTo("text four");
    }

    @Rule(46)
    @Test
    void a_ping_of_the_app_is_answered_by_a_sign_of_life() throws Exception {
        Peer peer = Peer.eager();
        SocketSite.Visitor client = visit(peer);
        opened(peer);

        peer.connection().ping();
        peer.connection().send(SocketFrame.text("x"), failure -> {});
        assertThat(client.next()).isEqualTo("text x");

        assertThat(peer.next()).isEqualTo("pong");
    }

    @Rule(48)
    @Test
    void messages_keep_their_order_and_each_is_reported_once() throws Exception {
        Peer peer = Peer.eager();
        SocketSite.Visitor client = visit(peer);
        opened(peer);
        byte[] bytes = "x".repeat(5_000).getBytes(StandardCharsets.US_ASCII);
        SocketFrame shared = SocketFrame.binary(bytes);
        AtomicInteger done = new AtomicInteger();
        List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());

        for (int n = 0; n < 100; n++) {
            peer.connection().send(SocketFrame.text("" + n), failure -> count(failure, done, failures));
            peer.connection().send(shared, failure -> count(failure, done, failures));
        }

        for (int n = 0; n < 100; n++) {
            assertThat(client.next()).isEqualTo("text " + n);
            assertThat(client.next()).isEqualTo("binary 5000");
        }
        eventually().until(() -> done.get() >= 200);
        assertThat(done).hasValue(200);
        assertThat(failures).isEmpty();
        assertThat(shared.payload().remaining()).isEqualTo(5_000);
        assertThat(bytes).containsOnly('x');
    }

    private static void count(@Nullable Throwable failure, AtomicInteger done, List<Throwable> failures) {
        if (failure == null) {
            done.incrementAndGet();
        } else {
            failures.add(failure);
        }
    }

    @Rule(48)
    @Test
    void what_is_sent_after_the_end_is_reported_as_failed_once() throws Exception {
        Peer peer = Peer.eager();
        SocketSite.Visitor client = visit(peer);
        opened(peer);
        client.vanish();
        assertThat(peer.next()).isEqualTo("closed 1006");
        AtomicInteger done = new AtomicInteger();
        List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());

        peer.connection().send(SocketFrame.text("x"), failure -> count(failure, done, failures));

        eventually().until(() -> !failures.isEmpty());
        assertThat(failures).hasSize(1);
        assertThat(done).hasValue(0);
    }

    @Rule({44, 49})
    @ParameterizedTest
    @CsvSource({"1001", "1008", "1011", "4000"})
    void a_close_of_the_app_comes_behind_what_was_sent(int code) throws Exception {
        Peer peer = Peer.eager();
        SocketSite.Visitor client = visit(peer);
        opened(peer);

        peer.connection().send(SocketFrame.text("last words"), failure -> {});
        peer.connection().close(code, "why");
        peer.connection().close(4444, "again");

        assertThat(client.next()).isEqualTo("text last words");
        assertThat(client.next()).isEqualTo("closed " + code + " why");
        assertThat(peer.next()).isEqualTo("closed " + code + " why");
        visit(Peer.eager());
        assertThat(peer.hasMore()).isFalse();
    }

    @Rule(44)
    @Test
    void an_abort_is_told_once_and_nothing_happens_after_it() throws Exception {
        Peer peer = Peer.eager();
        visit(peer);
        opened(peer);

        peer.connection().abort();
        assertThat(peer.next()).isEqualTo("closed 1006");
        peer.connection().abort();
        peer.connection().close(1001, "");
        peer.connection().demand();

        visit(Peer.eager());
        assertThat(peer.hasMore()).isFalse();
    }

    @Rule({44, 46})
    @Test
    void a_ping_after_the_end_is_nothing() throws Exception {
        Peer peer = Peer.eager();
        SocketSite.Visitor client = visit(peer);
        opened(peer);
        client.vanish();
        assertThat(peer.next()).isEqualTo("closed 1006");

        peer.connection().ping();

        visit(Peer.eager());
        assertThat(peer.hasMore()).isFalse();
    }
}

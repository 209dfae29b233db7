/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cyanotype.exchange.Headers;
import dev.cyanotype.internal.testkit.wire.Answer;
import dev.cyanotype.internal.testkit.wire.RawSocket;
import dev.cyanotype.spi.HttpRequest;
import dev.cyanotype.spi.RenderedResponse;
import dev.cyanotype.spi.Upgrade;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HandshakeIT {

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
    void the_key_is_answered_and_no_extension_is_taken() throws Exception {
        try (RawSocket client = host.connect()) {
            Answer answer = client.ask("/echo", "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits");
            assertThat(answer.status()).isEqualTo(101);
            assertThat(answer.header("Upgrade")).isEqualToIgnoringCase("websocket");
            assertThat(answer.header("Connection")).isEqualToIgnoringCase("upgrade");
            assertThat(answer.header("Sec-WebSocket-Accept")).isEqualTo(RawSocket.ACCEPT);
            assertThat(answer.header("Sec-WebSocket-Extensions")).isNull();
            assertThat(answer.header("Sec-WebSocket-Protocol")).isNull();
            client.text("plain");
            assertThat(client.read().toString()).isEqualTo("81 plain");
        }
    }

    @Test
    void the_request_can_be_read_as_long_as_the_socket_is_open() throws Exception {
        try (RawSocket client = host.open("/echo/a%2Fb?q=1%202", "X-Twice: one", "X-Twice: two", "Cookie: a=b")) {
            client.text("x");
            client.read();
            // Jetty has used its own request again by now.
            try (RawSocket other = host.connect()) {
                other.get("/other", "X-Twice: three");
            }
            HttpRequest request = host.peer().request;
            assertThat(request.method()).isEqualTo("GET");
            assertThat(request.path()).isEqualTo("/echo/a%2Fb");
            assertThat(request.query()).isEqualTo("q=1%202");
            assertThat(request.header("x-twice")).isEqualTo("one");
            assertThat(request.headers("X-TWICE")).containsExactly("one", "two");
            assertThat(request.header("Cookie")).isEqualTo("a=b");
            assertThat(request.header("Origin")).isNull();
            assertThat(request.headers("Origin")).isEmpty();
            assertThat(request.scheme()).isEqualTo("http");
            assertThat(request.contentLength()).isEqualTo(-1);
            assertThat(request.body().read()).isEqualTo(-1);
            assertThat(request.remoteAddress().getPort())
                    .isEqualTo(client.socket().getLocalPort());
            assertThat(request.unwrap(Object.class)).isNull();
            assertThat(host.lastAnyPath).isFalse();
        }
    }

    @Test
    void an_address_that_is_no_uri_to_java_is_taken_too() throws Exception {
        try (RawSocket client = host.open("/echo?x=%zz|")) {
            assertThat(host.peer().request.query()).isEqualTo("x=%zz|");
            client.text("x");
            assertThat(client.read().toString()).isEqualTo("81 x");
        }
    }

    @Test
    void a_subprotocol_is_confirmed_only_if_the_app_says_so() throws Exception {
        host.decision = request -> CompletableFuture.completedFuture(
                host.accept(new Peer(request, true), request.path().substring(1)));
        try (RawSocket client = host.connect()) {
            assertThat(client.ask("/chat", "Sec-WebSocket-Protocol: bearer.secret, chat")
                            .header("Sec-WebSocket-Protocol"))
                    .isEqualTo("chat");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Sec-WebSocket-Version: 8 | 426 | Sec-WebSocket-Version: only version 13 is spoken here.",
                "X-None: | 426 | Sec-WebSocket-Version: only version 13 is spoken here.",
                "Sec-WebSocket-Version: 13 | 400 | Sec-WebSocket-Key: one is needed, with 16 bytes in base64.",
                "Sec-WebSocket-Version: 13;Sec-WebSocket-Key: c2hvcnQ= | 400 | Sec-WebSocket-Key: one is needed, with 16 bytes in base64.",
                "Sec-WebSocket-Version: 13;Sec-WebSocket-Key: ???????????????????????? | 400 | Sec-WebSocket-Key: one is needed, with 16 bytes in base64.",
                "Sec-WebSocket-Version: 13;Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==;Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ== | 400 | Sec-WebSocket-Key: one is needed, with 16 bytes in base64.",
            })
    void what_is_wrong_with_a_handshake_is_said(String fields, int status, String text) throws Exception {
        String head =
                "GET /echo HTTP/1.1\r\nHost: localhost\r\nConnection: keep-alive, Upgrade\r\nUpgrade: WebSocket\r\n"
                        + fields.replace(";", "\r\n") + "\r\n\r\n";
        try (RawSocket client = host.connect()) {
            Answer answer = client.exchange(head);
            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.text()).isEqualTo(text + "\n");
            assertThat(answer.header("Sec-WebSocket-Version")).isEqualTo(status == 426 ? "13" : null);
            assertThat(answer.header("Upgrade")).isEqualTo(status == 426 ? "websocket" : null);
            // The connection is as good as before.
            assertThat(client.get("/route").text()).isEqualTo("http /route");
            assertThat(client.ask("/echo").status()).isEqualTo(101);
        }
    }

    @Test
    void a_handshake_with_a_body_is_refused() throws Exception {
        try (RawSocket client = host.connect()) {
            Answer answer = client.ask("/echo", "Content-Length: 5");
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.text()).isEqualTo("A request for a websocket has no body.\n");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST /echo HTTP/1.1 | Connection: Upgrade;Upgrade: websocket",
                "GET /echo HTTP/1.0 | Connection: Upgrade;Upgrade: websocket",
                "GET /echo HTTP/1.1 | Connection: Upgrade;Upgrade: something",
            })
    void what_asks_for_no_websocket_is_a_request_like_any_other(String line, String fields) throws Exception {
        try (RawSocket client = host.connect()) {
            Answer answer =
                    client.exchange(line + "\r\nHost: localhost\r\n" + fields.replace(";", "\r\n") + "\r\n\r\n");
            assertThat(answer.text()).isEqualTo("http /echo");
        }
    }

    @Test
    void where_there_is_no_websocket_javalin_says_so() throws Exception {
        try (RawSocket client = host.connect()) {
            Answer answer = client.ask("/elsewhere");
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(client.ask("/echo").status()).isEqualTo(101);
        }
    }

    @Test
    void a_refusal_is_answered_and_the_connection_stays() throws Exception {
        BlockingQueue<String> closed = new LinkedBlockingQueue<>();
        byte[] body = "{\"why\":\"origin\"}".getBytes(StandardCharsets.UTF_8);
        host.decision = request -> CompletableFuture.completedFuture(new Upgrade.Refused(
                RenderedResponse.ofBytes(403, Headers.empty().with("X-Why", "origin"), "application/json", body)
                        .onClose(() -> closed.add("closed"))));
        try (RawSocket client = host.connect()) {
            Answer answer = client.ask("/echo");
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.header("Content-Type")).isEqualTo("application/json");
            assertThat(answer.header("X-Why")).isEqualTo("origin");
            assertThat(answer.text()).isEqualTo("{\"why\":\"origin\"}");
            assertThat(client.get("/again").text()).isEqualTo("http /again");
        }
        assertThat(closed.poll(20, TimeUnit.SECONDS)).isEqualTo("closed");
    }

    @Test
    void a_refusal_may_be_a_stream_and_may_be_empty() throws Exception {
        host.decision = request -> CompletableFuture.completedFuture(new Upgrade.Refused(
                request.path().equals("/stream")
                        ? RenderedResponse.ofStream(
                                429,
                                Headers.empty(),
                                "text/plain",
                                out -> out.write("slow down".getBytes(StandardCharsets.UTF_8)))
                        : RenderedResponse.empty(401, Headers.empty())));
        try (RawSocket client = host.connect()) {
            Answer stream = client.ask("/stream");
            assertThat(stream.status()).isEqualTo(429);
            assertThat(stream.text()).isEqualTo("slow down");
            Answer empty = client.ask("/empty");
            assertThat(empty.status()).isEqualTo(401);
            assertThat(empty.text()).isEmpty();
            assertThat(client.get("/again").text()).isEqualTo("http /again");
        }
    }

    @Test
    void a_decision_may_come_later_from_another_thread() throws Exception {
        BlockingQueue<CompletableFuture<Upgrade>> open = new LinkedBlockingQueue<>();
        BlockingQueue<HttpRequest> requests = new LinkedBlockingQueue<>();
        host.decision = request -> {
            CompletableFuture<Upgrade> later = new CompletableFuture<>();
            requests.add(request);
            open.add(later);
            return later;
        };
        try (RawSocket client = host.connect()) {
            Thread decider = new Thread(() -> {
                try {
                    open.take().complete(new Upgrade.Refused(RenderedResponse.empty(401, Headers.empty())));
                    requests.take();
                    open.take().complete(host.accept(new Peer(requests.take(), true), null));
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
            decider.start();
            assertThat(client.ask("/first").status()).isEqualTo(401);
            assertThat(client.ask("/second").status()).isEqualTo(101);
            client.text("late");
            assertThat(client.read().toString()).isEqualTo("81 late");
            decider.join();
        }
    }

    @Test
    void a_client_that_is_gone_before_the_decision_is_told_to_the_app() throws Exception {
        BlockingQueue<CompletableFuture<Upgrade>> open = new LinkedBlockingQueue<>();
        host.decision = request -> {
            CompletableFuture<Upgrade> later = new CompletableFuture<>();
            open.add(later);
            return later;
        };
        try (RawSocket client = host.connect()) {
            Thread asking = new Thread(() -> {
                try {
                    client.ask("/echo");
                } catch (Exception e) {
                    // It is broken off below.
                }
            });
            asking.start();
            CompletableFuture<Upgrade> later = open.take();
            client.reset();
            asking.join();
            Peer peer = new Peer(null, false);
            later.complete(host.accept(peer, null));
            String first = peer.next();
            assertThat(first.equals("opened") ? peer.next() : first).isEqualTo("closed 1006");
            await().during(200, TimeUnit.MILLISECONDS).until(() -> !peer.hasMore());
        }
    }

    @Test
    void a_decision_that_cannot_be_carried_out_is_told_to_the_app() throws Exception {
        Peer peer = new Peer(null, false);
        // Nobody has offered it.
        host.decision = request -> CompletableFuture.completedFuture(host.accept(peer, "chat"));
        try (RawSocket client = host.connect()) {
            assertThat(client.ask("/echo").status()).isEqualTo(400);
            assertThat(peer.next()).isEqualTo("closed 1006");
            assertThat(peer.hasMore()).isFalse();
        }
    }

    @Test
    void the_client_of_java_is_served() throws Exception {
        BlockingQueue<String> texts = new LinkedBlockingQueue<>();
        URI address = URI.create(host.address().toString().replace("http:", "ws:") + "/echo");
        WebSocket socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(address, new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
                        texts.add(data.toString());
                        webSocket.request(1);
                        return null;
                    }

                    @Override
                    public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
                        texts.add(code + " " + reason);
                        return null;
                    }
                })
                .get(20, TimeUnit.SECONDS);
        socket.sendText("hal", false).get(20, TimeUnit.SECONDS);
        socket.sendText("lo", true).get(20, TimeUnit.SECONDS);
        assertThat(texts.poll(20, TimeUnit.SECONDS)).isEqualTo("hallo");
        socket.sendClose(4000, "done").get(20, TimeUnit.SECONDS);
        assertThat(texts.poll(20, TimeUnit.SECONDS)).isEqualTo("4000 done");
        Peer peer = host.peer();
        assertThat(peer.next()).isEqualTo("opened");
        assertThat(peer.next()).isEqualTo("text hallo");
        assertThat(peer.next()).isEqualTo("closed 4000 done");
    }
}

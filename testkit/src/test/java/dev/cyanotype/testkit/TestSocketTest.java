/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.HttpException;
import dev.cyanotype.socket.CloseStatus;
import dev.cyanotype.socket.SocketCloseException;
import dev.cyanotype.socket.SocketOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TestSocketTest {

    private final List<CloseStatus> gone = new ArrayList<>();

    private final Blueprint chat = Blueprint.named("chat")
            .socketConnect(ctx -> {
                String token = ctx.handshake().queryParam("token");
                if ("bad".equals(token)) {
                    throw new HttpException(401, "No such token");
                }
                if ("late".equals(token)) {
                    throw new SocketCloseException(4001, "No such token");
                }
                ctx.socket().join("lobby");
                return Map.of("status", "connected");
            })
            .socketDisconnect((ctx, status) -> gone.add(status))
            .socket("echo", ctx -> ctx.data())
            .socket("say", ctx -> {
                ctx.sockets().room("lobby").except(ctx.clientId()).send("said", ctx.data());
                return null;
            })
            .socket("fail", ctx -> {
                throw new IllegalStateException("jdbc:secret");
            })
            .build();

    @Test
    void messages_are_answered_in_the_form_of_daebus() {
        try (TestApp app = TestApp.of(chat)) {
            TestSocket socket = app.open("/ws");
            assertThat(socket.next().text()).isEqualTo("{\"type\":\"response\",\"data\":{\"status\":\"connected\"}}");
            socket.send("echo", Map.of("x", 1), 7);
            assertThat(socket.next().text()).isEqualTo("{\"type\":\"response\",\"data\":{\"x\":1},\"id\":7}");
            socket.sendText("{bad").sendText("[1]").sendText("{\"data\":{}}").send("nosuch", Map.of());
            assertThat(socket.next().text()).isEqualTo("{\"type\":\"error\",\"error\":\"Invalid JSON\"}");
            assertThat(socket.next().text())
                    .isEqualTo("{\"type\":\"error\",\"error\":\"Message is not a JSON object\"}");
            assertThat(socket.next().text()).isEqualTo("{\"type\":\"error\",\"error\":\"No message type provided\"}");
            assertThat(socket.next().text())
                    .isEqualTo("{\"type\":\"error\",\"error\":\"No handler found for message type 'nosuch'\"}");
            socket.send("fail", null);
            assertThat(socket.next().text())
                    .startsWith("{\"type\":\"error\",\"data\":{\"error\":\"Internal Server Error (correlation id ")
                    .doesNotContain("secret");
            socket.close();
            assertThat(gone).containsExactly(new CloseStatus(1000, ""));
        }
    }

    @Test
    void a_connect_hook_refuses_with_a_status_or_with_a_close_code() {
        try (TestApp app = TestApp.of(chat)) {
            assertThat(app.websocket("/ws?token=bad").refused().status()).isEqualTo(401);
            TestSocket closed = app.open("/ws?token=late");
            assertThat(closed.closed()).isEqualTo(new CloseStatus(4001, "No such token"));
            assertThat(closed.frames()).isEmpty();
            assertThat(app.app().sockets().count()).isZero();
            assertThat(gone).isEmpty();
        }
    }

    @Test
    void a_room_reaches_the_others() {
        try (TestApp app = TestApp.of(chat)) {
            TestSocket one = app.open("/ws");
            TestSocket two = app.open("/ws");
            one.next();
            two.next();
            one.send("say", Map.of("text", "hi"));
            assertThat(two.next().text()).isEqualTo("{\"type\":\"said\",\"data\":{\"text\":\"hi\"}}");
            assertThat(one.frames()).hasSize(1);
            assertThat(app.app().sockets().room("lobby").presence()).hasSize(2);
        }
    }

    @Test
    void foreign_origins_are_refused() {
        try (TestApp app = TestApp.of(chat)) {
            assertThat(app.websocket("/ws")
                            .origin("https://evil.example")
                            .refused()
                            .status())
                    .isEqualTo(403);
            app.websocket("/ws").origin("http://localhost").open();
        }
    }

    @Test
    void a_websocket_of_its_own_path_speaks_as_it_likes() {
        Blueprint feed = Blueprint.named("feed")
                .prefix("/feed")
                .version(1)
                .websocket(
                        "/{room}",
                        ws -> ws.onOpen(ctx -> "welcome to " + ctx.handshake().pathParam("room"))
                                .onText((text, ctx) -> text.toUpperCase())
                                .onBinary((bytes, ctx) -> bytes)
                                .subprotocols("v2", "v1"),
                        r -> r.name("room"))
                .build();
        try (TestApp app = TestApp.of(feed)) {
            TestSocket socket = app.websocket("/v1/feed/a")
                    .subprotocols("secret", "v1", "v2")
                    .open();
            assertThat(socket.subprotocol()).isEqualTo("v2");
            assertThat(socket.next().text()).isEqualTo("welcome to a");
            socket.sendText("hi").sendBinary(new byte[] {1, 2});
            assertThat(socket.next().text()).isEqualTo("HI");
            assertThat(socket.next().bytes()).containsExactly(1, 2);
            assertThat(app.get("/v1/feed/a").status()).isEqualTo(426);
            assertThat(app.app().urls().to("feed.room").with("room", "a").absolute("https://h"))
                    .isEqualTo("wss://h/v1/feed/a");
        }
    }

    @Test
    void too_many_messages_are_refused_as_long_as_it_takes() {
        App limited = App.named("limited")
                .socket("hi", ctx -> "ho")
                .sockets(SocketOptions.builder()
                        .rateLimit(3, java.time.Duration.ofMinutes(2))
                        .build())
                .build();
        try (TestApp app = TestApp.of(limited)) {
            TestSocket socket = app.open("/ws");
            for (int i = 0; i < 4; i++) {
                socket.send("hi", null);
            }
            assertThat(socket.frames()).hasSize(4);
            assertThat(socket.frames().get(3).text())
                    .isEqualTo("{\"type\":\"error\",\"error\":\"Rate limit exceeded\",\"retry_after\":120}");
        }
    }

    @Test
    void the_next_of_a_type_passes_over_others() {
        try (TestApp app = TestApp.of(Blueprint.named("one")
                .socket("say", ctx -> {
                    ctx.socket().send("aside", "psst");
                    return "said";
                })
                .build())) {
            TestSocket socket = app.open("/ws").send("say", null).send("say", null);

            assertThat(socket.next("response").data().stringValue()).isEqualTo("said");
            assertThat(socket.unseen()).hasSize(2);
            assertThat(socket.next("aside").data().stringValue()).isEqualTo("psst");
            assertThatThrownBy(() -> socket.next("other")).isInstanceOf(AssertionError.class);
        }
    }
}

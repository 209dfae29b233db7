/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.HttpException;
import dev.cyanotype.http.javalin.JavalinHttp;
import dev.cyanotype.http.javalin.JavalinOptions;
import dev.cyanotype.socket.SocketOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What was captured of a Daebus service and a client of it, with the client of the JDK. */
class CapturesIT {

    private static final int PATIENCE_SECONDS = 20;

    private static final Blueprint BLUEPRINT = Blueprint.named("captured")
            .socket("echo", ctx -> ctx.data())
            .socket("boom", ctx -> {
                throw new HttpException(400, "ws kaboom");
            })
            .socket("viaprog", ctx -> {
                ctx.progress(Map.of("p", 1));
                return null;
            })
            .socket("bc", ctx -> {
                ctx.sockets().all().send(Map.of("msg", ctx.data()));
                return Map.of("told", ctx.sockets().count());
            })
            .build();

    private static App start(SocketOptions options) {
        App app = App.named("svc")
                .sockets(options)
                .register(BLUEPRINT)
                .transport(JavalinHttp.with(JavalinOptions.builder().port(0).build()))
                .transport(new Websockets())
                .build();
        app.start();
        return app;
    }

    /** A client of the JDK's, and all that it gets. */
    private static final class Client implements WebSocket.Listener {

        private final BlockingQueue<String> got = new LinkedBlockingQueue<>();
        private final StringBuilder part = new StringBuilder();
        private final WebSocket socket;

        Client(App app) throws Exception {
            socket = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .buildAsync(URI.create("ws://" + app.address("http").getAuthority() + "/ws"), this)
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            part.append(data);
            if (last) {
                got.add(part.toString());
                part.setLength(0);
            }
            webSocket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onPong(WebSocket webSocket, ByteBuffer message) {
            got.add("pong " + StandardCharsets.UTF_8.decode(message));
            webSocket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
            got.add("close " + code + " " + reason);
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            got.add(error.toString());
        }

        Client send(String text) throws Exception {
            socket.sendText(text, true).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return this;
        }

        String next() throws Exception {
            String next = got.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(next).as("something within " + PATIENCE_SECONDS + " s").isNotNull();
            return next;
        }
    }

    @Test
    void a_conversation_from_the_first_message_to_the_last() throws Exception {
        try (App app = start(SocketOptions.builder().build())) {
            Client client = new Client(app);
            Client other = new Client(app);
            assertThat(client.send("{\"type\": \"echo\", \"data\": {\"x\": 1, \"u\": \"h\\u00e9\"}}")
                            .next())
                    .isEqualTo("{\"type\":\"response\",\"data\":{\"x\":1,\"u\":\"hé\"}}");
            assertThat(client.send("{\"type\": \"boom\", \"data\": {}}").next())
                    .isEqualTo("{\"type\":\"error\",\"data\":{\"error\":\"ws kaboom\"}}");
            assertThat(client.send("{\"type\": \"nosuch\", \"data\": {}}").next())
                    .isEqualTo("{\"type\":\"error\",\"error\":\"No handler found for message type 'nosuch'\"}");
            assertThat(client.send("{\"data\": {}}").next())
                    .isEqualTo("{\"type\":\"error\",\"error\":\"No message type provided\"}");
            assertThat(client.send("{bad").next()).isEqualTo("{\"type\":\"error\",\"error\":\"Invalid JSON\"}");
            assertThat(client.send("{\"type\": \"viaprog\"}").next())
                    .isEqualTo("{\"type\":\"progress\",\"data\":{\"p\":1}}");
            client.send("{\"type\": \"bc\", \"data\": \"hi\"}");
            String broadcast = "{\"type\":\"broadcast\",\"data\":{\"msg\":\"hi\"}}";
            // The other way round with Daebus, which sends what a handler sends only after its answer.
            assertThat(client.next()).isEqualTo(broadcast);
            assertThat(client.next()).isEqualTo("{\"type\":\"response\",\"data\":{\"told\":2}}");
            assertThat(other.next()).isEqualTo(broadcast);
            client.socket
                    .sendPing(ByteBuffer.wrap("pingdata".getBytes(StandardCharsets.UTF_8)))
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(client.next()).isEqualTo("pong pingdata");
            client.socket.sendClose(1000, "bye").get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(client.next()).isEqualTo("close 1000 bye");

            app.stop();
            assertThat(other.next())
                    .isEqualTo("{\"type\":\"server_shutdown\",\"data\":{\"message\":\"Server shutting down\"}}");
            assertThat(other.next()).isEqualTo("close 1001 ");
        }
    }

    @Test
    void too_many_messages_are_answered_with_an_error_until_some_time_has_passed() throws Exception {
        try (App app = start(
                SocketOptions.builder().rateLimit(3, Duration.ofSeconds(30)).build())) {
            Client client = new Client(app);
            for (int i = 0; i < 3; i++) {
                assertThat(client.send("{\"type\":\"echo\",\"data\":" + i + "}").next())
                        .isEqualTo("{\"type\":\"response\",\"data\":" + i + "}");
            }
            assertThat(client.send("{\"type\":\"echo\",\"data\":4}").next())
                    .matches("\\{\"type\":\"error\",\"error\":\"Rate limit exceeded\",\"retry_after\":(30|2\\d)}");
        }
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.HttpException;
import dev.cyanotype.http.javalin.JavalinAccess;
import dev.cyanotype.http.javalin.JavalinHttp;
import dev.cyanotype.http.javalin.JavalinOptions;
import dev.cyanotype.internal.testkit.wire.Answer;
import dev.cyanotype.internal.testkit.wire.RawSocket;
import dev.cyanotype.socket.CloseStatus;
import io.javalin.Javalin;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The whole way: blueprints, the app, Jetty and back. */
class RealAppIT {

    private enum Place {
        BESIDE_ROUTES,
        ON_A_USERS_SERVER,
        ON_A_PORT
    }

    private final BlockingQueue<CloseStatus> gone = new LinkedBlockingQueue<>();
    private final Blueprint chat = Blueprint.named("chat")
            .socketConnect(ctx -> {
                if ("bad".equals(ctx.handshake().queryParam("token"))) {
                    throw new HttpException(401, "No such token");
                }
                return Map.of("status", "connected");
            })
            .socketDisconnect((ctx, status) -> gone.add(status))
            .socket("echo", ctx -> ctx.data())
            .websocket(
                    "/feed/{room}",
                    ws -> ws.onOpen(ctx -> "welcome to " + ctx.handshake().pathParam("room"))
                            .onText((text, ctx) -> text.toUpperCase())
                            .onBinary((bytes, ctx) -> bytes)
                            .subprotocols("v2", "v1"))
            .get("/hello", ctx -> "hello")
            .build();

    private AutoCloseable running;
    private URI address;

    @AfterEach
    void stop() throws Exception {
        running.close();
    }

    private App start(Place place) {
        App.Builder builder = App.named("test").noTransports().register(chat);
        if (place == Place.ON_A_USERS_SERVER) {
            App[] app = new App[1];
            Javalin javalin = Javalin.create(config -> {
                config.startup.showJavalinBanner = false;
                config.jetty.host = "127.0.0.1";
                app[0] = JavalinAccess.mount(
                        config, builder.transport(new Websockets()).build());
            });
            running = javalin::stop;
            javalin.start(0);
            address = URI.create("http://127.0.0.1:" + javalin.port());
            return app[0];
        }
        App app = builder.transport(
                        JavalinHttp.with(JavalinOptions.builder().port(0).build()))
                .transport(
                        place == Place.ON_A_PORT
                                ? Websockets.with(
                                        WebsocketOptions.builder().port(0).build())
                                : new Websockets())
                .build();
        running = app;
        app.start();
        address = app.address(place == Place.ON_A_PORT ? "websocket" : "http");
        return app;
    }

    @ParameterizedTest
    @EnumSource
    void a_client_connects_and_is_answered(Place place) throws Exception {
        start(place);
        try (RawSocket client = RawSocket.open(address, place == Place.ON_A_PORT ? "/any/path" : "/ws")) {
            assertThat(client.read().text()).isEqualTo("{\"type\":\"response\",\"data\":{\"status\":\"connected\"}}");
            client.text("{\"type\":\"echo\",\"data\":{\"x\":1}}");
            assertThat(client.read().text()).isEqualTo("{\"type\":\"response\",\"data\":{\"x\":1}}");
            client.closing(4001, "enough");
            assertThat(client.read().closing()).isEqualTo("4001 enough");
        }
        assertThat(gone.poll(20, TimeUnit.SECONDS)).isEqualTo(new CloseStatus(4001, "enough"));
    }

    @ParameterizedTest
    @EnumSource
    void a_websocket_of_its_own_path_speaks_as_it_likes(Place place) throws Exception {
        start(place);
        try (RawSocket client = RawSocket.connect(address)) {
            Answer answer = client.ask("/feed/a", "Sec-WebSocket-Protocol: secret, v1, v2");
            assertThat(answer.status()).isEqualTo(101);
            assertThat(answer.header("Sec-WebSocket-Protocol")).isEqualTo("v2");
            assertThat(client.read().text()).isEqualTo("welcome to a");
            client.text("hi");
            assertThat(client.read().toString()).isEqualTo("81 HI");
            client.frame(RawSocket.FIN | RawSocket.BINARY, new byte[] {1, 2});
            assertThat(client.read().payload()).containsExactly(1, 2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void who_is_refused_may_try_again_on_the_same_connection(Place place) throws Exception {
        start(place);
        try (RawSocket client = RawSocket.connect(address)) {
            Answer refused = client.ask("/ws?token=bad");
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.text()).contains("No such token");
            assertThat(client.ask("/ws", "Origin: https://evil.example").status())
                    .isEqualTo(403);
            if (place != Place.ON_A_PORT) {
                assertThat(client.get("/hello").text()).contains("hello");
            }
            assertThat(client.ask("/ws?token=good").status()).isEqualTo(101);
            assertThat(client.read().text()).contains("connected");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_stop_says_1001(Place place) throws Exception {
        App app = start(place);
        try (RawSocket client = RawSocket.open(address, "/ws")) {
            client.read();
            client.text("{\"type\":\"echo\",\"data\":1}");
            client.read();
            CountDownLatch stopped = new CountDownLatch(1);
            Thread stopping = new Thread(() -> {
                app.stop(Duration.ofSeconds(10));
                stopped.countDown();
            });
            stopping.start();
            assertThat(client.read().text())
                    .isEqualTo("{\"type\":\"server_shutdown\",\"data\":{\"message\":\"Server shutting down\"}}");
            assertThat(client.read().closing()).isEqualTo("1001");
            client.closing(1001, "");
            assertThat(client.isEnded()).isTrue();
            assertThat(stopped.await(8, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(gone.poll(20, TimeUnit.SECONDS).code()).isEqualTo(1001);
    }

    @Test
    void a_client_that_does_not_read_is_closed_and_others_notice_nothing() throws Exception {
        App app = start(Place.BESIDE_ROUTES);
        try (RawSocket slow = RawSocket.open(address, "/ws");
                RawSocket quick = RawSocket.open(address, "/ws")) {
            slow.read();
            quick.read();
            String much = "x".repeat(10_000);
            Thread reading = new Thread(() -> {
                try {
                    while (!quick.read().text().contains("last")) {}
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            });
            reading.start();
            CloseStatus slowIsGone = null;
            for (int i = 0; i < 15_000 && slowIsGone == null; i++) {
                app.sockets().all().send("news", much);
                slowIsGone = gone.poll(1, TimeUnit.MILLISECONDS);
            }
            if (slowIsGone == null) {
                slowIsGone = gone.poll(20, TimeUnit.SECONDS);
            }
            assertThat(slowIsGone).isEqualTo(new CloseStatus(1013, "Too slow"));
            app.sockets().all().send("news", "last");
            reading.join();
            quick.text("{\"type\":\"echo\",\"data\":1}");
            assertThat(quick.read().text()).isEqualTo("{\"type\":\"response\",\"data\":1}");
        }
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.HttpException;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.internal.testkit.wire.Answer;
import dev.cyanotype.internal.testkit.wire.RawSocket;
import dev.cyanotype.socket.SocketOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an app throws, and what clients prove themselves with, must not come out again. */
class LeakFaultsIT {

    private static final String MARKER = "jdbc:postgresql://db/x?user=app&password=s3cret";
    private static final String TOKEN = "T0KEN-OF-A-USER";

    private static final String MESSAGE = "{\"type\":\"go\",\"data\":{\"n\":1}}";

    private final CapturedLog log = new CapturedLog();
    private RealApp app;

    @AfterEach
    void stop() {
        if (app != null) {
            app.close();
        }
        log.close();
    }

    private static RuntimeException failure() {
        return new IllegalStateException(MARKER, new IOException(MARKER));
    }

    /** Where the app fails, on which path, and what a client sends to have it fail. */
    private enum Place {
        BEFORE(
                "/ws",
                "",
                b -> b.appWide(all -> all.before(ctx -> {
                    throw failure();
                }))),
        BEFORE_OF_AN_ENDPOINT(
                "/feed",
                "",
                b -> b.before(ctx -> {
                            throw failure();
                        })
                        .websocket("/feed", ws -> ws.onText((text, ctx) -> text))),
        AN_ERROR_BEFORE(
                "/ws",
                "",
                b -> b.appWide(all -> all.before(ctx -> {
                    throw new AssertionError(MARKER);
                }))),
        CONNECT(
                "/ws",
                "",
                b -> b.socketConnect(ctx -> {
                    throw failure();
                })),
        CONNECT_LATER("/ws", "", b -> b.socketConnect(ctx -> CompletableFuture.failedFuture(failure()))),
        CONNECT_RETURNS_WHAT_IS_NO_JSON("/ws", "", b -> b.socketConnect(ctx -> new Unreadable())),
        MESSAGE_HANDLER(
                "/ws",
                MESSAGE,
                b -> b.socket("go", ctx -> {
                    throw failure();
                })),
        MESSAGE_HANDLER_LATER("/ws", MESSAGE, b -> b.socket("go", ctx -> CompletableFuture.failedFuture(failure()))),
        MESSAGE_HANDLER_WITH_A_STATUS(
                "/ws",
                MESSAGE,
                b -> b.socket("go", ctx -> {
                    throw new HttpException(503, "Later", failure());
                })),
        MESSAGE_HANDLER_OVERFLOWS(
                "/ws",
                MESSAGE,
                b -> b.socket("go", ctx -> {
                    throw new StackOverflowError(MARKER);
                })),
        MESSAGE_ANSWER_IS_NO_JSON("/ws", MESSAGE, b -> b.socket("go", ctx -> new Unreadable())),
        MESSAGE_DATA_CAN_NOT_BE_READ("/ws", MESSAGE, b -> b.socket("go", Picky.class, (data, ctx) -> data)),
        MESSAGE_ANSWER_IS_A_FILE(
                "/ws",
                MESSAGE,
                b -> b.socket(
                        "go",
                        ctx -> Response.stream(
                                "text/plain", out -> out.write(MARKER.getBytes(StandardCharsets.UTF_8))))),
        INTERCEPTOR(
                "/ws",
                MESSAGE,
                b -> b.intercept((ctx, next) -> {
                            if (ctx.toString().contains("go")) {
                                throw failure();
                            }
                            return next.proceed();
                        })
                        .socket("go", ctx -> ctx.data())),
        INTERCEPTOR_OF_THE_HANDSHAKE(
                "/feed",
                "",
                b -> b.intercept((ctx, next) -> {
                            throw failure();
                        })
                        .websocket("/feed", ws -> ws.onText((text, ctx) -> text))),
        ERROR_HANDLER(
                "/ws",
                MESSAGE,
                b -> b.error(RuntimeException.class, (ctx, error) -> {
                            throw failure();
                        })
                        .socket("go", ctx -> {
                            throw failure();
                        })),
        ERROR_HANDLER_OF_A_STATUS(
                "/ws",
                MESSAGE,
                b -> b.error(500, (ctx, error) -> {
                            throw failure();
                        })
                        .socket("go", ctx -> {
                            throw failure();
                        })),
        DISCONNECT(
                "/ws",
                "",
                b -> b.socketDisconnect((ctx, status) -> {
                    throw failure();
                })),
        ON_OPEN(
                "/feed",
                "",
                b -> b.websocket(
                        "/feed",
                        ws -> ws.onOpen(ctx -> {
                            throw failure();
                        }))),
        ON_OPEN_LATER(
                "/feed",
                "",
                b -> b.websocket("/feed", ws -> ws.onOpen(ctx -> CompletableFuture.failedFuture(failure())))),
        ON_TEXT(
                "/feed",
                "go",
                b -> b.websocket(
                        "/feed",
                        ws -> ws.onText((text, ctx) -> {
                            throw failure();
                        }))),
        ON_TEXT_RETURNS_WHAT_IS_NO_JSON(
                "/feed", "go", b -> b.websocket("/feed", ws -> ws.onText((text, ctx) -> new Unreadable()))),
        ON_JSON(
                "/feed",
                "{\"n\":1}",
                b -> b.websocket(
                        "/feed",
                        ws -> ws.onJson(Map.class, (data, ctx) -> {
                            throw failure();
                        }))),
        ON_JSON_THAT_CAN_NOT_BE_READ(
                "/feed", "{\"n\":1}", b -> b.websocket("/feed", ws -> ws.onJson(Picky.class, (data, ctx) -> data))),
        ON_ERROR(
                "/feed",
                "go",
                b -> b.websocket(
                        "/feed",
                        ws -> ws.onText((text, ctx) -> {
                                    throw failure();
                                })
                                .onError((ctx, error) -> {
                                    throw failure();
                                }))),
        ON_CLOSE(
                "/feed",
                "",
                b -> b.websocket(
                        "/feed",
                        ws -> ws.onText((text, ctx) -> text).onClose((ctx, status) -> {
                            throw failure();
                        }))),
        ID_GENERATOR("/ws", "", b -> b),
        ACTION(
                "/ws",
                "{\"type\":\"publish\",\"channel\":\"leaks\",\"data\":{\"action\":\"act\",\"payload\":{},"
                        + "\"request_id\":\"1\"}}",
                b -> b.action("act", ctx -> {
                    throw failure();
                }));

        private final String target;
        private final String message;
        private final UnaryOperator<Blueprint.Builder> failing;

        Place(String target, String message, UnaryOperator<Blueprint.Builder> failing) {
            this.target = target;
            this.message = message;
            this.failing = failing;
        }
    }

    /** Where what is thrown is no fault of the app's, or nothing is thrown at all. */
    private static final Set<Place> UNSEEN = EnumSet.of(
            Place.MESSAGE_DATA_CAN_NOT_BE_READ, Place.ON_JSON_THAT_CAN_NOT_BE_READ, Place.MESSAGE_ANSWER_IS_A_FILE);

    /** Can be made of no JSON. */
    public record Picky(int n) {

        public Picky {
            throw failure();
        }
    }

    /** No JSON can be made of it. */
    public static final class Unreadable {

        public String getText() {
            throw failure();
        }
    }

    @ParameterizedTest
    @EnumSource
    void fault_21_what_is_thrown_is_in_the_log_and_in_nothing_that_is_sent(Place place) throws Exception {
        SocketOptions.Builder options = SocketOptions.builder().gateway(gateway -> gateway.service("leaks"));
        if (place == Place.ID_GENERATOR) {
            options.clientIds(handshake -> {
                throw failure();
            });
        }
        Blueprint blueprint = place.failing
                .apply(Blueprint.named("part").socket("other", ctx -> 1))
                .build();
        app = RealApp.start(App.named("leaks").sockets(options.build()).register(blueprint));

        String sent = conversation(place.target, place.message);

        assertThat(sent).startsWith("HTTP/1.1 ").doesNotContain("s3cret").doesNotContain("jdbc");
        assertThat(sent)
                .doesNotContain("Exception")
                .doesNotContain("dev.cyanotype")
                .doesNotContain(TOKEN);
        if (!UNSEEN.contains(place)) {
            // Whoever looks for the reason finds it there.
            await().until(() -> log.lines().stream().anyMatch(line -> line.contains(MARKER)));
        }
        assertThat(log.lines()).noneMatch(line -> line.contains(TOKEN));
    }

    /** Opens a websocket with tokens wherever one may be, says something, closes it; all that the server has sent. */
    private String conversation(String target, String message) throws Exception {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (Socket socket = new Socket("127.0.0.1", app.address().getPort())) {
            socket.getOutputStream()
                    .write(("GET " + target + "?token=" + TOKEN + " HTTP/1.1\r\nHost: localhost\r\n"
                                    + "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                                    + "Sec-WebSocket-Key: " + RawSocket.KEY + "\r\n"
                                    + "Sec-WebSocket-Protocol: bearer." + TOKEN + ", chat\r\n"
                                    + "Authorization: Bearer " + TOKEN + "\r\nCookie: session=" + TOKEN + "\r\n"
                                    + "\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            socket.setSoTimeout(20_000);
            InputStream in = socket.getInputStream();
            all.write(in.read());
            if (!message.isEmpty()) {
                socket.getOutputStream()
                        .write(RawSocket.encode(
                                RawSocket.FIN | RawSocket.TEXT, message.getBytes(StandardCharsets.UTF_8)));
            }
            readWhatComes(socket, in, all, 150);
            try {
                socket.getOutputStream()
                        .write(RawSocket.encode(RawSocket.FIN | RawSocket.CLOSE, new byte[] {0x0F, (byte) 0xA0}));
            } catch (IOException e) {
                // It has been closed already.
            }
            readWhatComes(socket, in, all, 100);
        }
        return all.toString(StandardCharsets.ISO_8859_1);
    }

    /** Until it ends, or nothing has come for a while. */
    private static void readWhatComes(Socket socket, InputStream in, ByteArrayOutputStream all, int millis)
            throws IOException {
        socket.setSoTimeout(millis);
        try {
            byte[] buffer = new byte[8192];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                all.write(buffer, 0, n);
            }
        } catch (SocketTimeoutException e) {
            // That was all.
        }
    }

    @Test
    void fault_21_a_token_among_the_subprotocols_is_not_confirmed_and_nothing_of_it_is_logged() throws Exception {
        app = RealApp.start(App.named("leaks")
                .websocket("/feed", ws -> ws.subprotocols("chat").onText((text, ctx) -> "you are " + ctx.clientId())));
        String[] tokens = {
            "Sec-WebSocket-Protocol: bearer." + TOKEN + ", chat",
            "Authorization: Bearer " + TOKEN,
            "Cookie: session=" + TOKEN
        };
        for (String target : List.of("/feed", "/feed?token=" + TOKEN, "/ws?token=" + TOKEN, "/none?token=" + TOKEN)) {
            try (RawSocket client = RawSocket.connect(app.address())) {
                Answer answer = client.ask(target, tokens);
                assertThat(answer.toString()).doesNotContain(TOKEN);
                assertThat(answer.header("Sec-WebSocket-Protocol"))
                        .isEqualTo(target.startsWith("/feed") ? "chat" : null);
                if (answer.status() == 101) {
                    assertThat(client.text("hi").read().text()).startsWith("you are user_");
                }
            }
            try (RawSocket client = RawSocket.connect(app.address())) {
                // Refused in all the ways there are.
                client.ask(target, "Origin: https://evil.example", tokens[0], tokens[1], tokens[2]);
                client.exchange("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n"
                        + "Upgrade: websocket\r\nSec-WebSocket-Version: 12\r\nSec-WebSocket-Key: " + TOKEN + "\r\n"
                        + String.join("\r\n", tokens) + "\r\n\r\n");
            }
        }
        app.app().stop(Duration.ofSeconds(5));
        assertThat(log.lines()).isNotEmpty().noneMatch(line -> line.contains(TOKEN));
    }
}

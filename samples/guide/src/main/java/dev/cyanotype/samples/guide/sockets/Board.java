/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.guide.sockets;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.Attribute;
import dev.cyanotype.exchange.HttpException;
import dev.cyanotype.socket.ConnectHook;
import dev.cyanotype.socket.SlowClientPolicy;
import dev.cyanotype.socket.SocketOptions;
import dev.cyanotype.socket.Sockets;
import java.time.Duration;
import java.util.Map;

/** A board of notes that everybody sees at once. */
public final class Board {

    static final Attribute<String> NAME = Attribute.named("name", String.class);

    private Board() {}

    /** What somebody puts on the board. */
    public record Note(String text) {}

    static Blueprint blueprint() {
        return Blueprint.named("board")
                .socket("watch", ctx -> {
                    ctx.socket().join("board");
                    return Map.of(
                            "watching", ctx.sockets().room("board").members().size());
                })
                .socket("note", Note.class, (note, ctx) -> {
                    if (note.text().length() > 1000) {
                        throw new HttpException(422, "A note has at most 1000 characters");
                    }
                    ctx.sockets().room("board").except(ctx.clientId()).send("noted", note);
                    return Map.of("length", note.text().length());
                })
                .post("/notes", Note.class, (note, ctx) -> {
                    int clients = Sockets.of(ctx).room("board").send("noted", note);
                    return Map.of("clients", clients);
                })
                .build();
    }

    static ConnectHook onlyWithName() {
        return ctx -> {
            String name = ctx.handshake().queryParam("name");
            if (name == null) {
                throw new HttpException(400, "Who are you? Connect to /ws?name=…");
            }
            ctx.socket().attribute(NAME, name);
            return Map.of("hello", name);
        };
    }

    static App app() {
        return App.named("board")
                .register(blueprint())
                .socketConnect(onlyWithName())
                .sockets(SocketOptions.builder()
                        .origins("https://www.example.com")
                        .rateLimit(100, Duration.ofSeconds(10))
                        .slowClients(SlowClientPolicy.DROP_OLDEST)
                        .build())
                .build();
    }

    /** Runs the service. */
    public static void main(String[] args) {
        app().run();
    }
}

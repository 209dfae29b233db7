/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.transports;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.Health;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.socket.Socket;
import dev.cyanotype.socket.SocketEndpoint;
import dev.cyanotype.socket.SocketOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;

/** A service that does something of everything. */
final class Everything {

    static final Duration MINUTE = Duration.ofMinutes(1);

    /** What a client sends. */
    record Item(String name, int count) {}

    /** What has happened, as far as nobody else would know. */
    final List<String> log = new CopyOnWriteArrayList<>();

    App app() {
        return App.named("everything")
                .register(Health.blueprint())
                .register(http())
                .register(messages())
                .register(sockets())
                .register(tasks())
                .sockets(SocketOptions.builder()
                        .keepAlive(Duration.ofSeconds(20), Duration.ofSeconds(10))
                        .build())
                .build();
    }

    private Blueprint http() {
        return Blueprint.named("items")
                .prefix("/items")
                .get("/{id:int}", ctx -> Map.of("id", ctx.pathParam("id", Integer.class)), r -> r.name("show"))
                .get("/text", ctx -> Response.text("Grüße, " + ctx.queryParam("to")))
                .get(
                        "/stream",
                        ctx -> Response.stream("text/plain", out -> {
                            for (int i = 0; i < 1000; i++) {
                                out.write(("line " + i + "\n").getBytes(StandardCharsets.US_ASCII));
                            }
                        }))
                .get(
                        "/cut",
                        ctx -> Response.stream("text/plain", out -> {
                            out.write("so far".getBytes(StandardCharsets.US_ASCII));
                            out.flush();
                            throw new IOException("the disk is gone");
                        }))
                .get(
                        "/headers",
                        ctx -> Response.empty()
                                .header("Seen", ctx.header("X-One"))
                                .header("Asked-Host", ctx.header("Host")))
                .post("/", Item.class, (item, ctx) -> {
                    ctx.broadcast("items", item);
                    return Response.created(item);
                })
                .post("/order/{name}", ctx -> ctx.append("orders", new Item(ctx.pathParam("name"), 1)))
                .get("/broken", ctx -> {
                    throw new IllegalStateException("a secret");
                })
                .get("/slow", ctx -> {
                    ctx.caller("everything").timeout(MINUTE).call("never", Map.of());
                    return "answered";
                })
                .error(IllegalArgumentException.class, (ctx, e) -> Response.of(422, Map.of("error", e.getMessage())))
                .get("/bad", ctx -> {
                    throw new IllegalArgumentException("not like that");
                })
                .build();
    }

    private Blueprint messages() {
        return Blueprint.named("messages")
                .action("count", Item.class, (item, ctx) -> {
                    for (int i = 1; i <= item.count(); i++) {
                        ctx.progress(i);
                    }
                    if (item.name().isEmpty()) {
                        throw new IllegalArgumentException("nothing to count");
                    }
                    return Map.of("counted", item.name());
                })
                .action("never", JsonNode.class, (payload, ctx) -> new CompletableFuture<>())
                .error(IllegalArgumentException.class, (ctx, e) -> Response.of(422, Map.of("error", e.getMessage())))
                .listen("items", Item.class, (item, ctx) -> {
                    log.add("heard " + item.name());
                    if (item.count() > 0) {
                        ctx.broadcast("items", new Item(item.name(), item.count() - 1));
                    }
                })
                .consume(
                        "orders",
                        "stock",
                        Item.class,
                        (item, ctx) -> {
                            log.add("try " + ctx.deliveries() + " of " + item.name());
                            if (item.name().equals("broken")
                                    || (item.name().equals("later") && ctx.deliveries() == 1)) {
                                throw new IllegalStateException("not now");
                            }
                        },
                        options -> options.maxDeliveries(2).retries(Duration.ofSeconds(30), MINUTE))
                .consume(
                        "{orders}:dead",
                        "desk",
                        JsonNode.class,
                        (letter, ctx) -> log.add("letter about "
                                + letter.path("entry").path("name").stringValue()))
                .build();
    }

    private Blueprint sockets() {
        return Blueprint.named("talk")
                .socketConnect(ctx ->
                        ctx.handshake().queryParam("as") == null ? Response.of(401, Map.of("error", "Who?")) : null)
                .socketDisconnect((ctx, status) -> log.add("gone " + status.code()))
                .socket("echo", ctx -> ctx.data())
                .socket("say", ctx -> {
                    ctx.sockets().all().send("said", ctx.data());
                    return null;
                })
                .websocket(
                        "/feed/{room}",
                        SocketEndpoint.builder()
                                .onOpen(ctx -> "welcome to " + ctx.handshake().pathParam("room"))
                                .onText((text, ctx) -> text.equals("bye") ? close(ctx.socket()) : "you said " + text)
                                .onBinary((bytes, ctx) -> bytes)
                                .onClose((ctx, status) -> log.add("left " + status.code()))
                                .subprotocols("v1")
                                .build())
                .build();
    }

    private static Object close(Socket socket) {
        socket.close(4001, "as you like");
        return null;
    }

    private Blueprint tasks() {
        return Blueprint.named("upkeep")
                .background("sweep", Duration.ofMinutes(10), ctx -> ctx.broadcast("swept", Map.of("at", ctx.due())))
                .thread("watch", ctx -> {
                    while (ctx.sleep(MINUTE)) {
                        log.add("watched");
                    }
                })
                .onStop(ctx -> log.add("stopped"))
                .build();
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.readme;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.Attribute;
import dev.cyanotype.exchange.HttpException;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.socket.SlowClientPolicy;
import dev.cyanotype.socket.SocketCloseException;
import dev.cyanotype.socket.SocketOptions;
import dev.cyanotype.socket.Sockets;
import java.time.Duration;
import java.util.Map;

/** What docs/websockets.md shows. */
final class WebsocketExamples {

    private static final Attribute<String> USER = Attribute.named("user", String.class);

    record Note(String text) {}

    record Point(int x, int y) {}

    record Price(String currency, double amount) {}

    Blueprint notes() {
        return Blueprint.named("notes")
                .socket("ping", ctx -> Map.of("pong", true))
                .socket("note", Note.class, (note, ctx) -> {
                    ctx.sockets().room("notes").except(ctx.clientId()).send("noted", note);
                    return Map.of("length", note.text().length());
                })
                .socket("watch", ctx -> {
                    ctx.socket().join("notes");
                    return null;
                })
                .build();
    }

    Blueprint doorkeeper() {
        return Blueprint.named("doorkeeper")
                .socketConnect(ctx -> {
                    String token = ctx.handshake().queryParam("token");
                    if (token == null) {
                        throw new HttpException(401, "A token is needed");
                    }
                    if (!token.equals("secret")) {
                        throw new SocketCloseException(4001, "That token is not good");
                    }
                    ctx.socket().attribute(USER, "ann");
                    return Map.of("hello", "ann");
                })
                .socketDisconnect((ctx, status) -> ctx.log().info("{} has gone: {}", ctx.clientId(), status.code()))
                .socket("whoami", ctx -> Map.of("user", ctx.attribute(USER)))
                .build();
    }

    Blueprint drawing() {
        return Blueprint.named("drawing")
                .prefix("/drawings")
                .websocket(
                        "/{id:int}",
                        ws -> ws.subprotocols("drawing.v2", "drawing.v1")
                                .onOpen(ctx -> {
                                    ctx.socket()
                                            .join("drawing " + ctx.handshake().pathParam("id"));
                                    return null;
                                })
                                .onJson(Point.class, (point, ctx) -> {
                                    ctx.sockets()
                                            .room("drawing " + ctx.handshake().pathParam("id"))
                                            .except(ctx.clientId())
                                            .send(point);
                                    return null;
                                })
                                .onBinary((image, ctx) -> "got " + image.length + " bytes")
                                .onClose((ctx, status) -> ctx.log().debug("{} put the pen down", ctx.clientId())),
                        r -> r.name("live"))
                .build();
    }

    Blueprint prices() {
        return Blueprint.named("prices")
                .put("/prices", ctx -> {
                    Price price = ctx.body(Price.class);
                    Sockets.of(ctx).all().conflatedBy(price.currency()).send("price", price);
                    return Response.empty();
                })
                .get("/watchers", ctx -> Sockets.of(ctx).room("notes").presence())
                .build();
    }

    App app() {
        return App.named("office")
                .register(notes())
                .register(prices())
                .sockets(SocketOptions.builder()
                        .path("/live")
                        .origins("https://www.example.com", "https://*.example.org")
                        .rateLimit(100, Duration.ofSeconds(10))
                        .slowClients(SlowClientPolicy.CONFLATE)
                        .gateway(open -> open.service("stock", "count").subscribe("news.*"))
                        .build())
                .build();
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.benchmarks.websocket;

import dev.cyanotype.App;
import dev.cyanotype.socket.Audience;
import dev.cyanotype.socket.SocketOptions;

/** The same with this library. */
final class CyanotypeSide implements Server.Side {

    private final App app;

    CyanotypeSide() {
        SocketOptions options = SocketOptions.builder()
                .maxConnections(100_000)
                .maxConnectionsPerAddress(100_000)
                .build();
        app = App.named("bench")
                .setting("http.port", "0")
                .sockets(options)
                .websocket("/echo", ws -> ws.onText((text, ctx) -> text))
                .websocket("/news", ws -> ws.onText((text, ctx) -> null), route -> route.name("news"))
                .socket("echo", ctx -> ctx.data())
                .build();
        app.start();
    }

    @Override
    public int port() {
        return app.address("http").getPort();
    }

    @Override
    public long broadcast(String to, int first, int count) {
        Audience audience =
                to.equals("all") ? app.sockets().all() : app.sockets().endpoint("news");
        long reached = 0;
        for (int i = first; i < first + count; i++) {
            reached += audience.send(News.of(i));
        }
        return reached;
    }
}

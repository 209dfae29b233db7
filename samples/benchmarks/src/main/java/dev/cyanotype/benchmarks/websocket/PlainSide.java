/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.benchmarks.websocket;

import io.javalin.Javalin;
import io.javalin.websocket.WsContext;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Plain Javalin, as one would write it. */
final class PlainSide implements Server.Side {

    private final JsonMapper json = JsonMapper.builder().build();
    private final Set<WsContext> clients = ConcurrentHashMap.newKeySet();
    private final Javalin server;

    /** Starts it, with virtual threads or without, as Javalin does by default. */
    PlainSide(boolean virtual) {
        server = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.concurrency.useVirtualThreads = virtual;
            config.jetty.host = "127.0.0.1";
            config.jetty.port = 0;
            config.jetty.modifyWebSocketServletFactory(factory -> factory.setIdleTimeout(Duration.ofMinutes(10)));
            config.routes.ws("/echo", ws -> ws.onMessage(ctx -> ctx.send(ctx.message())));
            config.routes.ws("/ws", ws -> ws.onMessage(ctx -> ctx.send(answer(ctx.message()))));
            config.routes.ws("/news", ws -> {
                ws.onConnect(clients::add);
                ws.onClose(clients::remove);
            });
        });
        server.start();
    }

    private String answer(String message) {
        JsonNode read = json.readTree(message);
        if (!read.path("type").stringValue().equals("echo")) {
            throw new IllegalArgumentException(message);
        }
        ObjectNode answer = json.createObjectNode();
        answer.put("type", "response");
        answer.set("data", read.path("data"));
        return json.writeValueAsString(answer);
    }

    @Override
    public int port() {
        return server.port();
    }

    @Override
    public long broadcast(String to, int first, int count) {
        long reached = 0;
        for (int i = first; i < first + count; i++) {
            News news = News.of(i);
            String once = to.equals("once") ? json.writeValueAsString(news) : "";
            for (WsContext client : clients) {
                client.send(to.equals("once") ? once : json.writeValueAsString(news));
                reached++;
            }
        }
        return reached;
    }
}

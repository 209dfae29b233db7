/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.guide.javalin;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.NotFoundException;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.http.javalin.JavalinAccess;
import dev.cyanotype.http.javalin.JavalinHttp;
import dev.cyanotype.http.javalin.JavalinOptions;
import io.javalin.Javalin;
import java.util.Map;

/** A Javalin server, half of whose routes have become blueprints. */
public final class Server {

    private Server() {}

    /** An item. */
    public record Item(int id, String name) {}

    static Blueprint items() {
        return Blueprint.named("items")
                .prefix("/items")
                .get("/{id:int}", ctx -> {
                    if (ctx.pathParam("id", Integer.class) != 1) {
                        throw new NotFoundException("There is no such item");
                    }
                    return new Item(1, "apple");
                })
                .post("/", Item.class, (item, ctx) -> Response.created(item))
                .before(ctx -> ctx.header("X-User") == null ? Response.of(401, Map.of("error", "Who are you?")) : null)
                .build();
    }

    static Javalin create(int port) {
        return Javalin.create(config -> {
            config.jetty.host = "127.0.0.1";
            config.jetty.port = port;
            config.routes.get("/old", ctx -> ctx.result("Still Javalin"));
            JavalinAccess.mount(config, App.named("shop").register(items()).build());
        });
    }

    static App app() {
        JavalinOptions options = JavalinOptions.builder().port(8080).build();
        return App.named("shop")
                .transport(JavalinHttp.with(JavalinAccess.configure(
                        options,
                        config -> config.routes
                                .get("/old", ctx -> ctx.result("Still Javalin"))
                                .before(ctx -> ctx.header("X-Server", "mine")))))
                .register(items())
                .build();
    }

    static Blueprint addresses() {
        return Blueprint.named("addresses")
                .get("/ip", ctx -> Map.of("ip", JavalinAccess.context(ctx).ip()))
                .build();
    }
}

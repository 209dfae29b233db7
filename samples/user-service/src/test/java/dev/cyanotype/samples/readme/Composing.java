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
import dev.cyanotype.http.HttpMethod;
import java.util.Map;

/** The examples of docs/composing.md. */
final class Composing {

    private static final Attribute<String> ROLE = Attribute.named("role", String.class);

    private Composing() {}

    static Blueprint auth() {
        return Blueprint.named("auth")
                .prefix("/auth")
                .version(1)
                .get("/", ctx -> Map.of("login", ctx.urls().to(".login").path()), r -> r.name("index"))
                .post("/login", ctx -> Response.empty(), r -> r.name("login"))
                .build();
    }

    static Blueprint authV2() {
        return auth().copy("auth")
                .version(2)
                .replace(HttpMethod.POST, "/login", ctx -> Response.of(410, "Sign in with a passkey"))
                .build();
    }

    static Blueprint items() {
        return Blueprint.named("items")
                .prefix("/{shop}/items")
                .get("/{id:int}", ctx -> Map.of("id", ctx.pathParam("id", Integer.class)), r -> r.name("show"))
                .delete("/{id:int}", ctx -> Response.empty(), r -> r.attribute(ROLE, "owner"))
                .error(404, (ctx, e) -> Response.of(404, Map.of("error", "no such item")))
                .build();
    }

    static App app() {
        Blueprint api = Blueprint.group(items(), auth(), authV2())
                .prefix("/api")
                .before(ctx -> {
                    String needed = ctx.attribute(ROLE);
                    if (needed != null && !needed.equals(ctx.header("X-Role"))) {
                        throw new HttpException(403, "Only for the role " + needed);
                    }
                    return null;
                })
                .build();
        return App.named("shop")
                .register(api)
                .register(items(), mount -> mount.named("archive").under("/old").host("archive.example.com"))
                .build();
    }
}

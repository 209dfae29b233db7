/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.readme;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.Response;
import java.util.Map;

/** The first example of the README. */
public final class Greetings {

    record Greeting(String name) {}

    static final class RudeException extends RuntimeException {}

    static Blueprint blueprint() {
        return Blueprint.named("greetings")
                .prefix("/api/greetings")
                .get("/{name}", ctx -> Map.of("hello", ctx.pathParam("name")))
                .post("/", Greeting.class, (greeting, ctx) -> {
                    ctx.broadcast("greeted", greeting);
                    return Response.created(greeting);
                })
                .action("greet", Greeting.class, (greeting, ctx) -> Map.of("hello", polite(greeting.name())))
                .listen("greeted", Greeting.class, (greeting, ctx) -> ctx.log().info("{}", greeting))
                .error(RudeException.class, (ctx, e) -> Response.of(422, Map.of("error", "Be polite")))
                .build();
    }

    static String polite(String name) {
        if (name.isBlank()) {
            throw new RudeException();
        }
        return name;
    }

    public static void main(String[] args) {
        App.named("greeter").register(blueprint()).build().run();
    }
}

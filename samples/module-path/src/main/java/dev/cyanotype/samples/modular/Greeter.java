/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.modular;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.Response;
import java.util.Map;

/** Greets whoever asks. */
public final class Greeter {

    /** Who is greeted, and how. */
    record Greeting(String name, String text) {}

    private Greeter() {}

    static Blueprint blueprint() {
        return Blueprint.named("greetings")
                .prefix("/greetings")
                .get("/{name}", ctx -> new Greeting(ctx.pathParam("name"), "hello"))
                .post("/", Greeting.class, (greeting, ctx) -> Response.created(Map.of("greeted", greeting.name())))
                .action("greet", Greeting.class, (greeting, ctx) -> greeting)
                .socket("greet", Greeting.class, (greeting, ctx) -> greeting)
                .build();
    }

    /** Runs the service on the port of CYANOTYPE_HTTP_PORT, else 8080, until it is told to stop. */
    public static void main(String[] args) {
        App.named("greeter").register(blueprint()).build().run();
    }
}

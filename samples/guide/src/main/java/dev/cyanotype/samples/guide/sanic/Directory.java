/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.guide.sanic;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.Attribute;
import dev.cyanotype.exchange.NotFoundException;
import dev.cyanotype.exchange.Response;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** People, as they were in Sanic. */
public final class Directory {

    static final Attribute<String> USER = Attribute.named("user", String.class);

    private Directory() {}

    /** Somebody, and who has asked. */
    public record Person(String name, @Nullable String askedBy) {}

    static Blueprint people() {
        return Blueprint.named("people")
                .prefix("/people")
                .version(1)
                .get(
                        "/{name:alpha}",
                        ctx -> {
                            if (!ctx.pathParam("name").equals("ann")) {
                                throw new NotFoundException("Nobody of that name");
                            }
                            return new Person("ann", ctx.attribute(USER));
                        },
                        route -> route.name("person"))
                .build();
    }

    static Blueprint rooms() {
        return Blueprint.named("rooms")
                .prefix("/rooms")
                .get("/", ctx -> later(Map.of("rooms", 3)))
                .build();
    }

    private static CompletionStage<Object> later(Object value) {
        return CompletableFuture.supplyAsync(() -> value);
    }

    static Blueprint api() {
        return Blueprint.group(people(), rooms())
                .prefix("/api")
                .before(ctx -> {
                    ctx.attribute(USER, ctx.header("X-User"));
                    return null;
                })
                .error(NotFoundException.class, (ctx, e) -> Response.of(404, Map.of("error", "not here")))
                .build();
    }

    static App app(Runnable connect) {
        return App.named("directory")
                .register(api())
                .onStarting(ctx -> connect.run())
                .build();
    }
}

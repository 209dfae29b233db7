/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.guide.daebus;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.HttpException;
import dev.cyanotype.exchange.NotFoundException;
import dev.cyanotype.exchange.Response;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/** Users, as they were in Daebus. */
public final class Users {

    private Users() {}

    /** What callers send. */
    public record UserId(String id) {}

    /** A user. */
    public record User(String id, String name) {}

    static Blueprint blueprint() {
        Map<String, User> users = new ConcurrentHashMap<>();
        return Blueprint.named("users")
                .action("get_user", UserId.class, (wanted, ctx) -> {
                    User user = users.get(wanted.id());
                    if (user == null) {
                        throw new NotFoundException("User not found");
                    }
                    return user;
                })
                .get("/users/{id}", ctx -> {
                    User user = users.get(ctx.pathParam("id"));
                    return user != null ? user : Response.of(404, Map.of("error", "User not found"));
                })
                .post("/users", User.class, (user, ctx) -> {
                    users.put(user.id(), user);
                    ctx.broadcast("user_events", Map.of("type", "created", "user_id", user.id()));
                    return Response.created(user);
                })
                .listen("user_events", (event, ctx) -> ctx.log().info("Heard {}", event.path("type")))
                .background(
                        "cleanup",
                        Duration.ofHours(1),
                        ctx -> users.values().removeIf(user -> user.name().isEmpty()))
                .socket("get_users", ctx -> Map.of("users", users.values()))
                .build();
    }

    static Blueprint steps() {
        return Blueprint.named("steps")
                .action("import", ctx -> {
                    for (int i = 1; i <= 3 && !ctx.isCancelled(); i++) {
                        ctx.progress(Map.of("step", i));
                    }
                    return Map.of("imported", ctx.payload().path("count").asInt(0));
                })
                .action("refuse", ctx -> {
                    throw new HttpException(400, "bad thing");
                })
                .build();
    }

    static App app() {
        return App.named("user_service").register(blueprint()).register(steps()).build();
    }

    static JsonNode ask(App app, String id) {
        return app.caller("user_service").timeout(Duration.ofSeconds(5)).call("get_user", Map.of("id", id));
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin.examples;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.BadRequestException;
import dev.cyanotype.exchange.Exchange;
import dev.cyanotype.exchange.NotFoundException;
import dev.cyanotype.exchange.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The users of Daebus's complete example: one feature, over every way it is reached. */
final class DaebusUsers {

    record NewUser(String email, String name) {}

    record UserId(String id) {}

    record User(
            String id,
            String email,
            String name,
            @JsonProperty("created_at") long createdAt) {}

    record UserEvent(String type, @JsonProperty("user_id") String userId) {}

    private static final Duration INACTIVE = Duration.ofDays(30);

    private final Map<String, User> users = new ConcurrentSkipListMap<>();
    private final Map<String, Instant> lastActive = new ConcurrentSkipListMap<>();
    private final AtomicInteger ids = new AtomicInteger();
    private final InstantSource clock;
    private final Consumer<String> log;

    DaebusUsers(InstantSource clock, Consumer<String> log) {
        this.clock = clock;
        this.log = log;
    }

    Blueprint blueprint() {
        return Blueprint.named("users")
                .prefix("/api/users")
                .get("/", ctx -> Map.of("users", all()))
                .get("/{user_id}", ctx -> find(ctx.pathParam("user_id"), "User not found"))
                .post("/", NewUser.class, (user, ctx) -> Response.created(create(user, ctx)))
                .action("get_user", UserId.class, (id, ctx) -> find(id.id(), "User " + id.id() + " not found"))
                .action("create_user", NewUser.class, this::create)
                .listen(
                        "user_events",
                        UserEvent.class,
                        (event, ctx) ->
                                log.accept("Received user event: " + event.type() + " for user " + event.userId()))
                .background(
                        "user_cleanup",
                        Duration.ofHours(1),
                        ctx -> log.accept("Cleaned up " + removeInactive() + " inactive users"))
                .errors(400, 500, (ctx, e) -> Map.of("error", String.valueOf(e.getMessage())))
                .build();
    }

    /** The same with its websocket message, which HTTP alone does not carry. */
    Blueprint withSocket() {
        return blueprint().toBuilder()
                .socket("get_users", ctx -> Map.of("users", all()))
                .build();
    }

    void clear() {
        users.clear();
        lastActive.clear();
        ids.set(0);
    }

    private List<User> all() {
        return List.copyOf(users.values());
    }

    private User find(String id, String otherwise) {
        User user = users.get(id);
        if (user == null) {
            throw new NotFoundException(otherwise);
        }
        lastActive.put(id, clock.instant());
        return user;
    }

    private User create(NewUser user, Exchange exchange) {
        if (user.email() == null || user.email().isEmpty()) {
            throw new BadRequestException("Email is required");
        }
        Instant now = clock.instant();
        // here: counted, because the second of its creation names no user when two are created in one
        String id = "user_" + ids.incrementAndGet();
        users.put(id, new User(id, user.email(), user.name() == null ? "" : user.name(), now.getEpochSecond()));
        lastActive.put(id, now);
        exchange.broadcast("user_events", new UserEvent("user_created", id));
        return users.get(id);
    }

    private int removeInactive() {
        Instant limit = clock.instant().minus(INACTIVE);
        int before = users.size();
        // here: whoever was created or asked for was active, because else all users went with the first run
        users.keySet().removeIf(id -> lastActive.get(id).isBefore(limit));
        return before - users.size();
    }
}

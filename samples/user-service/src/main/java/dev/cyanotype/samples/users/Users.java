/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.users;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.Exchange;
import dev.cyanotype.exchange.NotFoundException;
import dev.cyanotype.exchange.Response;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All about users, over HTTP, as actions, and in the background. */
public final class Users {

    private static final Duration INACTIVE = Duration.ofDays(30);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private Users() {}

    /** What a client sends to create a user. */
    public record NewUser(@Nullable String email, @Nullable String name) {}

    /** What a client sends to ask for a user. */
    public record UserId(@Nullable String id) {}

    /** What happened to a user. */
    public record UserEvent(
            String type, @JsonProperty("user_id") String userId) {}

    /** How many users were active within the last minute. */
    public record UserActivity(@JsonProperty("active_users") long activeUsers) {}

    /** A new user without an email address. */
    static final class EmailMissingException extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }

    /** The blueprint over a store. */
    public static Blueprint blueprint(UserStore store) {
        return Blueprint.named("users")
                .prefix("/api/users")
                .get("/", ctx -> Map.of("users", store.all()), r -> r.name("list"))
                .get("/{id}", ctx -> show(store, ctx.pathParam("id")), r -> r.name("show"))
                .post("/", NewUser.class, (user, ctx) -> Response.created(create(store, user, ctx)))
                .action(
                        "get_user",
                        UserId.class,
                        (id, ctx) -> store.find(id.id())
                                .orElseThrow(() -> new NotFoundException("User " + id.id() + " not found")))
                .action("create_user", NewUser.class, (user, ctx) -> create(store, user, ctx))
                .listen(
                        "user_events",
                        UserEvent.class,
                        (event, ctx) ->
                                ctx.log().info("Received user event: {} for user {}", event.type(), event.userId()))
                .socket("get_users", ctx -> Map.of("users", store.all()))
                .background(
                        "user_cleanup",
                        Duration.ofHours(1),
                        ctx -> ctx.log().info("Cleaned up {} inactive users", store.removeInactive(INACTIVE)))
                .thread("user_activity_monitor", ctx -> {
                    while (ctx.sleep(MINUTE)) {
                        ctx.broadcast("user_activity", new UserActivity(store.countActive(MINUTE)));
                    }
                })
                .error(EmailMissingException.class, (ctx, e) -> Response.of(400, Map.of("error", "Email is required")))
                .build();
    }

    private static Object show(UserStore store, String id) {
        return store.find(id)
                .<Object>map(user -> user)
                .orElseGet(() -> Response.of(404, Map.of("error", "User not found")));
    }

    private static User create(UserStore store, NewUser user, Exchange exchange) {
        if (user.email() == null || user.email().isBlank()) {
            throw new EmailMissingException();
        }
        User created = store.add(user.email(), user.name() == null ? "" : user.name());
        exchange.broadcast("user_events", new UserEvent("user_created", created.id()));
        return created;
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.benchmarks.testkit;

import static dev.cyanotype.testkit.CyanotypeAssertions.assertThat;

import dev.cyanotype.Blueprint;
import dev.cyanotype.http.HttpContext;
import dev.cyanotype.testkit.TestApp;
import dev.cyanotype.testkit.TestSocket;
import dev.cyanotype.testkit.junit.AppFactory;
import dev.cyanotype.testkit.junit.CyanotypeTest;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.RepeatedTest;

/** A thousand tests as a service of moderate size has them: five kinds, each of its own app. */
@CyanotypeTest
class UserTests {

    private static final int EACH = 200;

    /** What a client sends and gets. */
    record User(String id, String email) {}

    @AppFactory
    static Blueprint users() {
        Map<String, User> users = new ConcurrentHashMap<>(Map.of("7", new User("7", "ann@example.com")));
        return Blueprint.named("users")
                .prefix("/api/users")
                .before(ctx -> null)
                .get("/", ctx -> Map.of("users", users.values()), r -> r.name("list"))
                .get("/{id}", ctx -> found(users, ctx), r -> r.name("show"))
                .post("/", User.class, (user, ctx) -> {
                    users.put(user.id(), user);
                    ctx.broadcast("user_events", user);
                    return user;
                })
                .delete("/{id}", ctx -> users.remove(ctx.pathParam("id")))
                .action("get_user", User.class, (user, ctx) -> users.get(user.id()))
                .action("list_users", ctx -> users.values())
                .listen("user_events", User.class, (user, ctx) -> ctx.append("audit", user))
                .consume("audit", "audit", User.class, (user, ctx) -> {})
                .socket("get_users", ctx -> users.values())
                .background("user_cleanup", Duration.ofHours(1), ctx -> users.clear())
                .thread("monitor", ctx -> {
                    while (ctx.sleep(Duration.ofMinutes(10))) {
                        ctx.broadcast("user_activity", Map.of("active", users.size()));
                    }
                })
                .error(IllegalStateException.class, (ctx, e) -> Map.of("error", "state"))
                .build();
    }

    private static User found(Map<String, User> users, HttpContext ctx) {
        return users.get(ctx.pathParam("id"));
    }

    @RepeatedTest(EACH)
    void a_route(TestApp app) {
        assertThat(app.get("/api/users/7")).hasStatus(200).hasJsonAt("/email", "ann@example.com");
    }

    @RepeatedTest(EACH)
    void a_route_that_tells_others(TestApp app) {
        User bob = new User("8", "bob@example.com");
        assertThat(app.post("/api/users", bob)).hasStatus(200).hasJson(bob);
        assertThat(app).hasBroadcast("user_events", bob).hasAppended("audit", bob);
    }

    @RepeatedTest(EACH)
    void an_action(TestApp app) {
        assertThat(app.call("get_user", Map.of("id", "7"))).isSuccess().hasPayloadAt("/email", "ann@example.com");
    }

    @RepeatedTest(EACH)
    void a_websocket(TestSocket socket) {
        assertThat(socket.send("get_users", null).next()).hasDataAt("/0/id", "7");
    }

    @RepeatedTest(EACH)
    void a_task(TestApp app) {
        app.clock().advance(Duration.ofHours(1));
        assertThat(app).hasRun("users.user_cleanup");
        assertThat(app.get("/api/users")).hasJson("{\"users\": []}");
    }
}

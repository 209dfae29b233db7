/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin.examples;

import static dev.cyanotype.http.javalin.examples.Checks.called;
import static dev.cyanotype.http.javalin.examples.Checks.is;
import static dev.cyanotype.http.javalin.examples.Checks.isJson;
import static dev.cyanotype.http.javalin.examples.Checks.operations;
import static dev.cyanotype.http.javalin.examples.Checks.text;
import static dev.cyanotype.testkit.CyanotypeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.http.javalin.BothWays;
import dev.cyanotype.message.Action;
import dev.cyanotype.message.ErrorReplyException;
import dev.cyanotype.testkit.TestApp;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The examples of Daebus's page on blueprints, in its order; {@link DaebusServiceIT} and {@link DaebusTroubleshootingIT} go on. */
class DaebusBlueprintsIT {

    record UserId(String id) {}

    record User(String id, String name) {}

    private static final String ANN = "{\"id\":\"7\",\"name\":\"Ann\"}";

    private final List<String> log = new CopyOnWriteArrayList<>();

    private static User fetchUser(String id) {
        return new User(id, "Ann");
    }

    private static Blueprint users() {
        return Blueprint.named("users")
                .action("get_user", UserId.class, (id, ctx) -> fetchUser(id.id()))
                .get("/api/users/{user_id}", ctx -> fetchUser(ctx.pathParam("user_id")))
                .build();
    }

    @Test
    @DisplayName("Introduction: a blueprint is tested by itself, and reused on several apps")
    void introduction() throws Exception {
        Blueprint users = users();
        try (TestApp alone = TestApp.of(users)) {
            assertThat(alone.get("/api/users/7")).hasStatus(200).hasJson(ANN);
        }
        for (String name : List.of("shop", "back_office")) {
            BothWays.with(App.named(name).register(users)).run(client -> isJson(client.get("/api/users/7"), 200, ANN));
        }
    }

    @Nested
    @DisplayName("Basic Usage")
    class BasicUsage {

        @Test
        @DisplayName("Creating a Blueprint: it takes a name")
        void creating() {
            Blueprint users = Blueprint.named("users").build();
            assertThat(users.name()).isEqualTo("users");
            assertThat(users.prefix()).isNull();
        }

        @Test
        @DisplayName("Defining Handlers: an action and a route get the same user")
        void handlers() throws Exception {
            called(
                    App.named("api_service").register(users()).build(),
                    caller -> assertThat(caller.call("get_user", Map.of("id", "7")))
                            .hasToString(ANN));
            BothWays.with(users()).run(client -> isJson(client.get("/api/users/7"), 200, ANN));
        }

        @Test
        @DisplayName("Registering the Blueprint: two blueprints on one app with HTTP")
        void registering() throws Exception {
            Blueprint products = Blueprint.named("products")
                    .get("/api/products/{id}", ctx -> Map.of("product", ctx.pathParam("id")))
                    .build();
            // here: a free port instead of 8080, because tests share the machine
            BothWays.with(App.named("api_service").register(users()).register(products))
                    .run(client -> {
                        isJson(client.get("/api/users/7"), 200, ANN);
                        isJson(client.get("/api/products/9"), 200, "{\"product\":\"9\"}");
                    });
        }
    }

    @Nested
    @DisplayName("Supported Features")
    class SupportedFeatures {

        record NewUser(String email) {}

        record Created(boolean created) {}

        static final Action<NewUser, Created> CREATE_USER = Action.named("create_user", NewUser.class, Created.class);

        @Test
        @DisplayName("Action Handlers: an action is called by its name, or as a constant with its types")
        void action_handlers() {
            Blueprint blueprint = Blueprint.named("users")
                    .action(CREATE_USER, (user, ctx) -> new Created(true))
                    .build();
            called(App.named("app").register(blueprint).build(), caller -> {
                assertThat(caller.call("create_user", Map.of("email", "ann@example.com")))
                        .hasToString("{\"created\":true}");
                assertThat(caller.call(CREATE_USER, new NewUser("ann@example.com")))
                        .isEqualTo(new Created(true));
            });
        }

        @Test
        @DisplayName("HTTP Routes: one path, listed with GET and added to with POST")
        void http_routes() throws Exception {
            Blueprint blueprint = Blueprint.named("users")
                    .get("/api/users", ctx -> Map.of("users", List.of(fetchUser("7"))))
                    .post("/api/users", NewUser.class, (user, ctx) -> Response.created(user))
                    .build();
            BothWays.with(blueprint).run(client -> {
                isJson(client.get("/api/users"), 200, "{\"users\":[" + ANN + "]}");
                isJson(
                        client.post("/api/users", "application/json", "{\"email\":\"ann@example.com\"}"),
                        201,
                        "{\"email\":\"ann@example.com\"}");
            });
        }

        record UserEvent(String type, String id) {}

        @Test
        @DisplayName("Channel Listeners: a listener tells events apart by their type")
        void channel_listeners() {
            Blueprint blueprint = Blueprint.named("users")
                    .listen("user_events", UserEvent.class, (event, ctx) -> {
                        switch (event.type()) {
                            case "user_created" -> log.add("created " + event.id());
                            case "user_updated" -> log.add("updated " + event.id());
                            default -> {}
                        }
                    })
                    .build();
            try (TestApp app = TestApp.of(blueprint)) {
                for (String type : List.of("user_created", "user_updated", "user_seen")) {
                    assertThat(app.broadcast("user_events", new UserEvent(type, "7")))
                            .isEqualTo(1);
                }
                assertThat(app.broadcast("other_events", new UserEvent("user_created", "8")))
                        .isZero();
            }
            assertThat(log).containsExactly("created 7", "updated 7");
        }

        @Test
        @DisplayName("WebSocket Handlers: a message is declared and listed")
        void websocket_handlers() {
            Blueprint blueprint = Blueprint.named("users")
                    .socket("user_update", ctx -> Map.of("status", "processed"))
                    .build();
            assertThat(operations(App.named("app").register(blueprint).build(), "users"))
                    .containsExactly("socket message user_update");
        }

        @Test
        @DisplayName("Background Tasks: a task of every hour, run once on demand")
        void background_tasks() {
            Blueprint blueprint = Blueprint.named("users")
                    .background(
                            "cleanup_expired_users",
                            Duration.ofHours(1),
                            ctx -> log.add("Expired users cleanup completed"))
                    .build();
            try (TestApp app = TestApp.of(blueprint)) {
                assertThat(log).isEmpty();
                app.runTask("cleanup_expired_users");
            }
            assertThat(log).containsExactly("Expired users cleanup completed");
        }

        @Test
        @DisplayName("Startup Handlers: run once, when the service has started")
        void startup_handlers() throws Exception {
            Blueprint blueprint = Blueprint.named("users")
                    .onStart(ctx -> log.add("User cache initialized"))
                    .get("/", ctx -> log)
                    .build();
            BothWays.with(blueprint).run(client -> {
                isJson(client.get("/"), 200, "[\"User cache initialized\"]");
                isJson(client.get("/"), 200, "[\"User cache initialized\"]");
                log.clear();
            });
        }
    }

    @Nested
    @DisplayName("Organization Patterns")
    class OrganizationPatterns {

        /** Everything about one thing. */
        private Blueprint.Builder feature(String name) {
            return Blueprint.named(name)
                    .prefix("/api/" + name)
                    .get("/", ctx -> Map.of(name, List.of()))
                    .action("count_" + name, ctx -> Map.of("count", 0))
                    .listen(name + "_events", (event, ctx) -> log.add(name + " heard " + event))
                    .background("cleanup_" + name, Duration.ofHours(1), ctx -> log.add(name + " cleaned up"))
                    .onStart(ctx -> log.add(name + " started"));
        }

        private final List<String> features = List.of("users", "products", "orders", "notifications");

        @Test
        @DisplayName("By Feature: each blueprint is reached in every way")
        void by_feature() {
            App.Builder builder = App.named("my_service");
            features.forEach(name -> builder.register(
                    feature(name).socket("get_" + name, ctx -> List.of()).build()));
            App service = builder.build();

            for (String name : features) {
                assertThat(operations(service, name))
                        .containsExactly(
                                "route GET /api/" + name + "/",
                                "action count_" + name,
                                "listener " + name + "_events",
                                "task cleanup_" + name,
                                "socket message get_" + name);
            }
            try (TestApp app = TestApp.of(service)) {
                assertThat(log)
                        .containsExactly(
                                "users started", "products started", "orders started", "notifications started");
                for (String name : features) {
                    log.clear();
                    assertThat(app.get("/api/" + name)).hasStatus(200).hasJson(Map.of(name, List.of()));
                    assertThat(app.call("count_" + name, Map.of())).isSuccess().hasPayload("{\"count\":0}");
                    app.broadcast(name + "_events", Map.of("n", 1));
                    app.runTask("cleanup_" + name);
                    assertThat(log).containsExactly(name + " heard {\"n\":1}", name + " cleaned up");
                }
            }
        }

        @Test
        @DisplayName("By Feature: the routes of all features on one server")
        void routes_by_feature() throws Exception {
            App.Builder builder = App.named("my_service");
            features.forEach(name -> builder.register(feature(name).build()));
            BothWays.with(builder).run(client -> {
                for (String name : features) {
                    isJson(client.get("/api/" + name), 200, "{\"" + name + "\":[]}");
                }
            });
        }

        @Test
        @DisplayName("By Protocol: each blueprint has the operations of one kind, over the same users")
        void by_protocol() throws Exception {
            List<String> users = new CopyOnWriteArrayList<>();
            Blueprint api =
                    Blueprint.named("api").get("/api/users", ctx -> users).build();
            Blueprint websocket = Blueprint.named("websocket")
                    .socket("get_users", ctx -> users)
                    .build();
            Blueprint actions = Blueprint.named("actions")
                    .action("add_user", UserId.class, (user, ctx) -> users.add(user.id()))
                    .build();
            Blueprint tasks = Blueprint.named("tasks")
                    .background("forget_users", Duration.ofHours(1), ctx -> users.clear())
                    .build();
            App service = App.named("my_service")
                    .register(api)
                    .register(websocket)
                    .register(actions)
                    .register(tasks)
                    .build();

            assertThat(operations(service, "api")).containsExactly("route GET /api/users");
            assertThat(operations(service, "websocket")).containsExactly("socket message get_users");
            assertThat(operations(service, "actions")).containsExactly("action add_user");
            assertThat(operations(service, "tasks")).containsExactly("task forget_users");
            try (TestApp app = TestApp.of(service)) {
                assertThat(app.call("add_user", Map.of("id", "ann"))).isSuccess();
                assertThat(app.get("/api/users")).hasJson("[\"ann\"]");
                app.runTask("forget_users");
                assertThat(app.get("/api/users")).hasJson("[]");
            }
            BothWays.with(api, actions, tasks).run(client -> isJson(client.get("/api/users"), 200, "[]"));
        }
    }

    @Nested
    @DisplayName("Best Practices")
    class BestPractices {

        @Test
        @DisplayName("Blueprint Naming: names that say what a blueprint is for lead to it")
        void naming() {
            App.Builder builder = App.named("app");
            for (String name : List.of("users", "auth", "products", "admin")) {
                builder.register(Blueprint.named(name)
                        .prefix("/" + name)
                        .get("/", text(name), r -> r.name("index"))
                        .build());
            }
            assertThat(Checks.names(builder.build()))
                    .containsExactly("users.index", "auth.index", "products.index", "admin.index");
        }

        @Test
        @DisplayName("Handler Registration Order: first all handlers, then the registration")
        void registration_order() throws Exception {
            Blueprint blueprint = Blueprint.named("blueprint")
                    .action("handler1", ctx -> "one")
                    .get("/path", text("two"))
                    // here: also what is declared after a handler holds for it, because a blueprint is complete when
                    // built
                    .before(ctx -> ctx.header("X-Halt") == null ? null : Response.text("halted"))
                    .build();
            App.Builder app = App.named("app").register(blueprint);
            BothWays.with(app).run(client -> {
                is(client.get("/path"), 200, "two");
                is(client.get("/path", "X-Halt", "yes"), 200, "halted");
            });
            called(
                    App.named("app").register(blueprint).build(),
                    caller -> assertThat(caller.call("handler1", Map.of())).hasToString("\"one\""));
        }

        record Fraction(int of, String by) {}

        @Test
        @DisplayName("Error Handling: expected errors are told, unexpected ones are not, on all transports")
        void error_handling() throws Exception {
            // here: error handlers instead of try, because then routes and actions have them in common
            Blueprint blueprint = Blueprint.named("blueprint")
                    .error(
                            NumberFormatException.class,
                            (ctx, e) -> Response.of(400, Map.of("error", "Invalid data: " + e.getMessage())))
                    .error(Exception.class, (ctx, e) -> Map.of("error", "An unexpected error occurred"))
                    .action("some_action", Fraction.class, (in, ctx) -> in.of() / Integer.parseInt(in.by()))
                    .get("/{by}", ctx -> 6 / Integer.parseInt(ctx.pathParam("by")))
                    .build();
            BothWays.with(blueprint).run(client -> {
                isJson(client.get("/3"), 200, "2");
                isJson(client.get("/x"), 400, "{\"error\":\"Invalid data: For input string: \\\"x\\\"\"}");
                isJson(client.get("/0"), 500, "{\"error\":\"An unexpected error occurred\"}");
            });
            called(App.named("app").register(blueprint).build(), caller -> {
                assertThat(caller.call("some_action", new Fraction(6, "3"))).hasToString("2");
                assertThatThrownBy(() -> caller.call("some_action", new Fraction(6, "x")))
                        .isInstanceOf(ErrorReplyException.class)
                        .hasMessage("Invalid data: For input string: \"x\"");
                assertThatThrownBy(() -> caller.call("some_action", new Fraction(6, "0")))
                        .isInstanceOf(ErrorReplyException.class)
                        .hasMessage("An unexpected error occurred");
            });
        }
    }
}

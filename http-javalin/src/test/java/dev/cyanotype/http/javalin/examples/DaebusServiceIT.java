/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin.examples;

import static dev.cyanotype.http.javalin.examples.Checks.isJson;
import static dev.cyanotype.http.javalin.examples.Checks.operations;
import static dev.cyanotype.testkit.CyanotypeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.http.javalin.BothWays;
import dev.cyanotype.testkit.TestApp;
import dev.cyanotype.testkit.TestReply;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The complete example of Daebus's page on blueprints, in its order. */
class DaebusServiceIT {

    private static final String JSON = "application/json";

    private static final Instant START = Instant.ofEpochSecond(1_700_000_000);

    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final DaebusUsers users = new DaebusUsers(now::get, log::add);
    private final DaebusAuth auth = new DaebusAuth(now::get, () -> "0123abcd");

    private void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }

    @Nested
    @DisplayName("Main Application")
    class MainApplication {

        private App.Builder service() {
            return App.named("user_service")
                    .register(auth.blueprint())
                    .onStart(ctx -> log.add("Application starting..."));
        }

        @Test
        @DisplayName("Main Application: everything both blueprints bring is on the app")
        void operations_of_the_app() {
            App app = service().register(users.withSocket()).build();

            assertThat(operations(app, "users"))
                    .containsExactly(
                            "route GET /api/users/",
                            "route GET /api/users/{user_id}",
                            "route POST /api/users/",
                            "action get_user",
                            "action create_user",
                            "listener user_events",
                            "task user_cleanup",
                            "socket message get_users");
            assertThat(operations(app, "auth"))
                    .containsExactly("route POST /api/auth/login", "action login", "action verify_token");
        }

        @Test
        @DisplayName("Main Application: its own start handler runs when it starts")
        void starts() throws Exception {
            BothWays.with(service().register(users.blueprint())).run(client -> {
                assertThat(log).containsExactly("Application starting...");
                isJson(client.get("/api/users"), 200, "{\"users\":[]}");
                log.clear();
            });
        }
    }

    @Nested
    @DisplayName("User Blueprint")
    class UserBlueprint {

        private static final String ANN =
                "{\"id\":\"user_1\",\"email\":\"ann@example.com\",\"name\":\"Ann\",\"created_at\":1700000000}";

        private final Map<String, String> ann = Map.of("email", "ann@example.com", "name", "Ann");

        @Test
        @DisplayName("User Blueprint: actions create users and get them")
        void actions() {
            try (TestApp app = TestApp.of(users.blueprint())) {
                assertThat(app.call("get_user", Map.of("id", "user_1"))).isError("User user_1 not found");
                assertThat(app.call("create_user", Map.of("name", "Ann"))).isError("Email is required");
                assertThat(app.call("create_user", ann)).isSuccess().hasPayload(ANN);
                assertThat(app.call("get_user", Map.of("id", "user_1")))
                        .isSuccess()
                        .hasPayload(ANN);
            }
        }

        @Test
        @DisplayName("User Blueprint: routes create users, get them and list them")
        void routes() throws Exception {
            BothWays.with(users.blueprint()).run(client -> {
                users.clear();
                isJson(client.get("/api/users/user_1"), 404, "{\"error\":\"User not found\"}");
                isJson(client.post("/api/users", JSON, "{}"), 400, "{\"error\":\"Email is required\"}");
                isJson(client.post("/api/users", JSON, "{\"email\":\"ann@example.com\",\"name\":\"Ann\"}"), 201, ANN);
                isJson(client.get("/api/users/user_1"), 200, ANN);
                isJson(client.get("/api/users"), 200, "{\"users\":[" + ANN + "]}");
            });
        }

        @Test
        @DisplayName("User Blueprint: a name may be left out")
        void no_name() {
            try (TestApp app = TestApp.of(users.blueprint())) {
                assertThat(app.call("create_user", Map.of("email", "ann@example.com")))
                        .isSuccess()
                        .hasPayloadAt("/name", "");
            }
        }

        @Test
        @DisplayName("User Blueprint: a new user is broadcast, however it came, and the listener hears of it")
        void events() {
            try (TestApp app = TestApp.of(users.blueprint())) {
                app.call("create_user", ann);
                app.post("/api/users", ann);

                assertThat(app.broadcasts("user_events"))
                        .extracting(message -> message.message().toString())
                        .containsExactly(
                                "{\"type\":\"user_created\",\"user_id\":\"user_1\"}",
                                "{\"type\":\"user_created\",\"user_id\":\"user_2\"}");
                assertThat(log)
                        .containsExactly(
                                "Received user event: user_created for user user_1",
                                "Received user event: user_created for user user_2");
            }
        }

        @Test
        @DisplayName("User Blueprint: the clean-up removes who was not active for thirty days")
        void cleanup() {
            try (TestApp app = TestApp.of(users.blueprint())) {
                app.call("create_user", ann);
                app.call("create_user", Map.of("email", "bob@example.com"));
                pass(Duration.ofDays(20));
                app.get("/api/users/user_1");
                pass(Duration.ofDays(20));
                log.clear();

                app.runTask("user_cleanup");

                assertThat(log).containsExactly("Cleaned up 1 inactive users");
                assertThat(app.get("/api/users")).hasJson("{\"users\":[" + ANN + "]}");
            }
        }
    }

    @Nested
    @DisplayName("Authentication Blueprint")
    class AuthenticationBlueprint {

        private final Map<String, String> right = Map.of("email", "user@example.com", "password", "password");

        @Test
        @DisplayName("Authentication Blueprint: an action logs in, another checks the token for an hour")
        void actions() {
            try (TestApp app = TestApp.of(auth.blueprint())) {
                TestReply login = app.call("login", right);
                assertThat(login).isSuccess().hasPayload("{\"token\":\"0123abcd\",\"expires_in\":3600}");
                Map<String, String> token = Map.of("token", "0123abcd");

                pass(Duration.ofHours(1));
                assertThat(app.call("verify_token", token))
                        .isSuccess()
                        .hasPayload("{\"valid\":true,\"user_id\":\"user_1\"}");
                pass(Duration.ofSeconds(1));
                assertThat(app.call("verify_token", token)).isError("Invalid or expired token");
            }
        }

        @Test
        @DisplayName("Authentication Blueprint: wrong credentials and wrong tokens are refused")
        void refused() {
            try (TestApp app = TestApp.of(auth.blueprint())) {
                assertThat(app.call("login", Map.of("email", "user@example.com", "password", "guess")))
                        .isError("Invalid email or password");
                assertThat(app.call("login", Map.of())).isError("Invalid email or password");
                assertThat(app.call("verify_token", Map.of("token", "guess"))).isError("Invalid or expired token");
                assertThat(app.call("verify_token", Map.of())).isError("Invalid or expired token");
            }
        }

        @Test
        @DisplayName("Authentication Blueprint: a route logs in")
        void route() throws Exception {
            BothWays.with(auth.blueprint()).run(client -> {
                isJson(
                        client.post(
                                "/api/auth/login", JSON, "{\"email\":\"user@example.com\",\"password\":\"password\"}"),
                        200,
                        "{\"token\":\"0123abcd\",\"expires_in\":3600}");
                isJson(
                        client.post("/api/auth/login", JSON, "{\"email\":\"user@example.com\"}"),
                        401,
                        "{\"error\":\"Invalid email or password\"}");
            });
        }
    }
}

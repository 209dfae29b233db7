/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.users;

import static dev.cyanotype.testkit.CyanotypeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.testkit.TestApp;
import dev.cyanotype.testkit.TestClock;
import dev.cyanotype.testkit.TestReply;
import dev.cyanotype.testkit.TestResponse;
import dev.cyanotype.testkit.TestSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The whole service, in memory. */
class UserServiceTest {

    private final TestClock clock = TestClock.at(Instant.parse("2026-05-01T12:00:00.250Z"));
    private final TestApp app = TestApp.of(UserService.app(clock), clock);

    @AfterEach
    void stop() {
        app.close();
    }

    private String createdId() {
        return app.post("/api/users", Map.of("email", "a@b.c", "name", "A"))
                .json()
                .path("id")
                .stringValue();
    }

    private String token() {
        return app.post("/api/auth/login", Map.of("email", "user@example.com", "password", "password"))
                .json()
                .path("token")
                .stringValue();
    }

    @Nested
    class Users_over_http {

        @Test
        void there_are_none_at_first() {
            assertThat(app.get("/api/users")).hasStatus(200).hasJson("{\"users\": []}");
        }

        @Test
        void a_created_user_is_answered_announced_and_listed() {
            TestResponse created = app.post("/api/users", "{\"email\": \"a@b.c\", \"name\": \"A\"}");

            String id = created.json().path("id").stringValue();
            String user = "{\"id\":\"" + id + "\",\"email\":\"a@b.c\",\"name\":\"A\",\"created_at\":1777636800.250}";
            assertThat(id).startsWith("user_");
            assertThat(created).hasStatus(201).hasText(user);
            assertThat(app.broadcasts("user_events"))
                    .singleElement()
                    .satisfies(message ->
                            assertThat(message).hasJson("{\"type\": \"user_created\", \"user_id\": \"" + id + "\"}"));
            assertThat(app.get("/api/users")).hasText("{\"users\":[" + user + "]}");
            assertThat(app.get("/api/users/" + id)).hasStatus(200).hasText(user);
        }

        @Test
        void a_user_needs_no_name() {
            assertThat(app.post("/api/users", Map.of("email", "a@b.c")))
                    .hasStatus(201)
                    .hasJsonAt("/name", "");
        }

        @Test
        void a_user_needs_an_email_address() {
            for (String body : List.of("{}", "{\"name\": \"A\"}", "{\"email\": \" \"}", "{\"email\": null}")) {
                assertThat(app.post("/api/users", body)).hasStatus(400).hasJson("{\"error\": \"Email is required\"}");
            }
            assertThat(app.broadcasts()).isEmpty();
        }

        @Test
        void ids_are_unique_within_one_instant() {
            Set<String> ids = new HashSet<>();
            for (int i = 0; i < 1000; i++) {
                ids.add(createdId());
            }
            assertThat(ids).hasSize(1000);
        }

        @Test
        void an_unknown_user_is_not_found() {
            assertThat(app.get("/api/users/user_0")).hasStatus(404).hasJson("{\"error\": \"User not found\"}");
        }

        @Test
        void a_malformed_body_is_a_problem() {
            assertThat(app.post("/api/users", "[]")).isProblem(400);
        }
    }

    @Nested
    class Users_as_actions {

        @Test
        void a_created_user_can_be_asked_for() {
            TestReply created = app.call("create_user", Map.of("email", "a@b.c", "name", "A"));

            assertThat(created).isSuccess().hasPayloadAt("/email", "a@b.c");
            assertThat(app.call("get_user", Map.of("id", created.payload().path("id"))))
                    .isSuccess()
                    .hasPayload(created.payload());
            assertThat(app.broadcasts("user_events")).hasSize(1);
        }

        @Test
        void a_user_needs_an_email_address() {
            assertThat(app.call("create_user", Map.of("name", "A"))).isError("Email is required");
        }

        @Test
        void an_unknown_user_is_an_error_that_names_it() {
            assertThat(app.call("get_user", Map.of("id", "user_0"))).isError("User user_0 not found");
        }
    }

    @Nested
    class Clean_up {

        @Test
        void removes_users_who_were_not_asked_for_in_thirty_days() {
            String forgotten = createdId();
            String remembered = createdId();
            clock.jump(Duration.ofDays(20));
            app.get("/api/users/" + remembered);
            clock.jump(Duration.ofDays(20));

            clock.advance(Duration.ofHours(1));

            assertThat(app.get("/api/users/" + forgotten)).hasStatus(404);
            assertThat(app.get("/api/users/" + remembered)).hasStatus(200);
        }
    }

    @Test
    void it_says_how_it_is() {
        for (String question : List.of("live", "ready", "started")) {
            assertThat(app.get("/health/" + question)).hasStatus(200).hasJsonAt("/status", "UP");
        }
    }

    @Nested
    class The_monitor {

        @Test
        void says_each_minute_how_many_users_were_active() {
            clock.advance(Duration.ofSeconds(59));
            String id = createdId();
            createdId();
            assertThat(app.broadcasts("user_activity")).isEmpty();

            clock.advance(Duration.ofSeconds(1));
            app.get("/api/users/" + id);
            clock.advance(Duration.ofMinutes(2));

            assertThat(app.broadcasts("user_activity"))
                    .extracting(broadcast ->
                            broadcast.message().path("active_users").asLong())
                    .containsExactly(2L, 1L, 0L);
        }
    }

    @Nested
    class Logging_in {

        @Test
        void gives_a_token_that_is_good_for_an_hour() {
            assertThat(app.post("/api/auth/login", Map.of("email", "user@example.com", "password", "password")))
                    .hasStatus(200)
                    .hasJsonAt("/expires_in", 3600);
            String token = token();
            clock.advance(Duration.ofMinutes(59));
            assertThat(app.call("verify_token", Map.of("token", token)))
                    .isSuccess()
                    .hasPayload("{\"valid\": true, \"user_id\": \"user_1\"}");
            clock.advance(Duration.ofMinutes(1));
            assertThat(app.call("verify_token", Map.of("token", token))).isError("Invalid or expired token");
        }

        @Test
        void is_refused_with_wrong_or_missing_credentials() {
            for (String body : List.of(
                    "{}",
                    "{\"email\": \"user@example.com\"}",
                    "{\"email\": \"user@example.com\", \"password\": \"Password\"}",
                    "{\"email\": \"nobody@example.com\", \"password\": \"password\"}")) {
                assertThat(app.post("/api/auth/login", body))
                        .hasStatus(401)
                        .hasJson("{\"error\": \"Invalid email or password\"}");
                assertThat(app.call("login", body)).isError("Invalid email or password");
            }
        }

        @Test
        void works_as_an_action_too() {
            TestReply login = app.call("login", Map.of("email", "user@example.com", "password", "password"));
            assertThat(login).isSuccess();
            assertThat(app.call("verify_token", Map.of("token", login.payload().path("token"))))
                    .isSuccess();
        }

        @Test
        void an_invented_token_is_refused() {
            assertThat(app.call("verify_token", Map.of("token", "0"))).isError("Invalid or expired token");
            assertThat(app.call("verify_token", "{}")).isError("Invalid or expired token");
        }
    }

    @Nested
    class Websockets {

        @Test
        void who_brings_no_token_is_let_in_as_a_stranger() {
            assertThat(app.open("/ws").next().json().toString())
                    .isEqualTo("{\"type\":\"response\",\"data\":{\"authenticated\":false,"
                            + "\"message\":\"No authentication token provided\"}}");
        }

        @Test
        void so_is_who_brings_a_bad_one() {
            assertThat(app.open("/ws?token=guessed").next().data().toString())
                    .isEqualTo("{\"authenticated\":false,\"message\":\"Invalid or expired token\"}");
        }

        @Test
        void a_good_token_tells_who_it_is_in_the_query_and_in_the_header() {
            String token = token();
            assertThat(app.open("/ws?token=" + token)
                            .next()
                            .data()
                            .path("authenticated")
                            .booleanValue())
                    .isTrue();
            assertThat(app.websocket("/ws")
                            .header("Authorization", "Bearer " + token)
                            .open()
                            .next()
                            .data()
                            .path("user_id")
                            .stringValue())
                    .startsWith("user_");
        }

        @Test
        void an_expired_token_is_none() {
            String token = token();
            clock.advance(Tokens.LIFETIME);
            assertThat(app.open("/ws?token=" + token)
                            .next()
                            .data()
                            .path("message")
                            .stringValue())
                    .isEqualTo("Invalid or expired token");
        }

        @Test
        void all_users_are_there_for_the_asking() {
            String id = createdId();
            TestSocket socket = app.open("/ws");
            socket.next();
            socket.send("get_users", null);
            assertThat(socket.next().data().path("users").path(0).path("id").stringValue())
                    .isEqualTo(id);
        }
    }
}

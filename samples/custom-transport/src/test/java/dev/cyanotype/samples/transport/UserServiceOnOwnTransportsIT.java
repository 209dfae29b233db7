/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyanotype.App;
import dev.cyanotype.samples.users.UserService;
import dev.cyanotype.spi.TransportException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The service of users as it is, on other transports than those it was written with. */
class UserServiceOnOwnTransportsIT {

    @TempDir
    private static Path directory;

    private final BlockingQueue<JsonNode> events = new LinkedBlockingQueue<>();

    /** Here the jars of two transports for HTTP are there, so the app is told which to leave out. */
    private final App users = UserService.app(Clock.systemUTC()).toBuilder()
            .setting("transports.exclude", "http")
            .setting("jdk-http.port", "0")
            .setting("websocket.port", "0")
            .setting("local-bus.path", directory.toString())
            .build();

    private final App other = App.named("other")
            .discovery(false)
            .transport(new LocalBus())
            .setting("local-bus.path", directory.toString())
            .listen("user_events", (event, ctx) -> events.add(event))
            .build();

    @BeforeEach
    void start() {
        users.start();
        other.start();
    }

    @AfterEach
    void stop() {
        other.stop(Duration.ofSeconds(5));
        users.stop(Duration.ofSeconds(5));
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        URI uri = users.address("jdk-http").resolve(path);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void users_are_created_listed_and_missed_over_http() throws Exception {
        HttpResponse<String> created = send("POST", "/api/users", "{\"email\":\"a@b.c\",\"name\":\"A\"}");
        assertThat(created.statusCode()).isEqualTo(201);

        HttpResponse<String> listed = send("GET", "/api/users", "");
        assertThat(listed.statusCode()).isEqualTo(200);
        assertThat(listed.body()).isEqualTo("{\"users\":[" + created.body() + "]}");

        assertThat(send("GET", "/api/users/nobody", "").statusCode()).isEqualTo(404);
        HttpResponse<String> nowhere = send("GET", "/nowhere", "");
        assertThat(nowhere.statusCode()).isEqualTo(404);
        assertThat(nowhere.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(send("GET", "/health/ready", "").statusCode()).isEqualTo(200);
    }

    @Test
    void another_app_asks_for_a_user_and_hears_of_one_over_the_local_bus() throws Exception {
        String id = other.caller("user_service")
                .call("create_user", Map.of("email", "a@b.c", "name", "A"))
                .path("id")
                .asString();

        assertThat(events.poll(20, TimeUnit.SECONDS))
                .hasToString("{\"type\":\"user_created\",\"user_id\":\"" + id + "\"}");
        assertThat(other.caller("user_service")
                        .call("get_user", Map.of("id", id))
                        .path("email")
                        .asString())
                .isEqualTo("a@b.c");
    }

    @Test
    void with_the_jars_of_two_transports_for_http_it_does_not_start_by_itself() {
        assertThatThrownBy(UserService.app(Clock.systemUTC())::start)
                .isInstanceOf(TransportException.class)
                .hasMessage(
                        "transports 'http' and 'jdk-http' both carry HTTP. Remove one, or leave one out: transports.exclude=http.");
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin;

import static net.javacrumbs.jsonunit.assertj.JsonAssertions.assertThatJson;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.internal.testkit.wire.Answer;
import dev.cyanotype.internal.testkit.wire.RawClient;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Methods that no route declares. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MethodsIT {

    private RunningApp app;

    @BeforeAll
    void start() {
        app = RunningApp.of(
                Blueprint.named("reading")
                        .get("/things", ctx -> "all")
                        .get("/things/{id}", ctx -> ctx.pathParam("id"))
                        .build(),
                Blueprint.named("writing")
                        .post("/things", ctx -> "added")
                        .delete("/only/delete", ctx -> "gone")
                        .options("/own", ctx -> Response.text("my own options"))
                        .build());
    }

    @AfterAll
    void stop() {
        app.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PUT    | /things      | GET, POST, HEAD, OPTIONS",
                "POST   | /things/1    | GET, HEAD, OPTIONS",
                "GET    | /only/delete | DELETE, OPTIONS",
                "HEAD   | /only/delete | DELETE, OPTIONS",
                "PATCH  | /own         | OPTIONS",
            })
    void a_method_without_route_is_405_with_those_of_all_blueprints(String method, String path, String allow)
            throws IOException {
        try (RawClient client = app.connect()) {
            Answer answer = client.exchange(method, path, "X-Request-Id: r1");

            assertThat(answer.status()).isEqualTo(405);
            assertThat(answer.headers("Allow")).containsExactly(allow);
            if (!method.equals("HEAD")) {
                assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
                assertThatJson(answer.text())
                        .isEqualTo("{title: 'Method Not Allowed', status: 405, detail: 'Allowed here: " + allow
                                + "', correlationId: 'r1'}");
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/things      | GET, POST, HEAD, OPTIONS",
                "/only/delete | DELETE, OPTIONS",
            })
    void options_is_answered_with_the_allowed_methods(String path, String allow) {
        Answer answer = app.send("OPTIONS", path, BodyPublishers.noBody());

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.headers("Allow")).containsExactly(allow);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void a_declared_options_handler_answers_itself() {
        assertThat(app.send("OPTIONS", "/own", BodyPublishers.noBody()).text()).isEqualTo("my own options");
    }

    @Test
    void options_of_nothing_is_404() {
        assertThat(app.send("OPTIONS", "/nothing", BodyPublishers.noBody()).status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PROPFIND", "FOO", "TRACE", "LOCK", "QUERY", "M-SEARCH", "get", "X"})
    void a_method_that_no_route_can_have_is_405_where_there_is_something(String method) throws IOException {
        try (RawClient client = app.connect()) {
            Answer answer = client.exchange(method, "/things", "X-Request-Id: r1");

            assertThat(answer.status()).isEqualTo(405);
            assertThat(answer.header("Allow")).isEqualTo("GET, POST, HEAD, OPTIONS");
            assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
            assertThatJson(answer.text()).node("correlationId").isEqualTo("r1");
            assertThat(client.exchange("GET", "/things").text()).isEqualTo("\"all\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PROPFIND", "FOO", "TRACE", "get"})
    void a_method_that_no_route_can_have_is_404_where_there_is_nothing(String method) throws IOException {
        try (RawClient client = app.connect()) {
            Answer answer = client.exchange(method, "/nothing", "X-Request-Id: r1");

            assertThat(answer.status()).isEqualTo(404);
            assertThatJson(answer.text())
                    .isEqualTo("{title: 'Not Found', status: 404, detail: 'There is nothing at this address',"
                            + " correlationId: 'r1'}");
            assertThat(client.exchange("GET", "/things").text()).isEqualTo("\"all\"");
        }
    }

    @Test
    void trace_shows_nothing_of_the_request() throws IOException {
        try (RawClient client = app.connect()) {
            Answer answer = client.exchange("TRACE", "/things", "Authorization: Bearer secret");

            assertThat(answer.text()).doesNotContain("secret");
        }
    }

    @Test
    void connect_opens_no_tunnel() throws IOException {
        try (RawClient client = app.connect()) {
            client.send("CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\n\r\n");

            assertThat(client.answer().status()).isBetween(400, 405);
        }
    }

    @Test
    void options_of_the_server_itself_is_answered() throws IOException {
        try (RawClient client = app.connect()) {
            Answer answer = client.exchange("OPTIONS", "*");

            assertThat(answer.status()).isBetween(200, 404);
            assertThat(client.exchange("GET", "/things").text()).isEqualTo("\"all\"");
        }
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin;

import static net.javacrumbs.jsonunit.assertj.JsonAssertions.assertThatJson;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.exchange.Headers;
import dev.cyanotype.exchange.HttpException;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.internal.testkit.wire.Answer;
import dev.cyanotype.internal.testkit.wire.RawClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One connection, one request after the other, whatever became of the one before. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConnectionReuseIT {

    private RunningApp app;

    @BeforeAll
    void start() {
        app = RunningApp.of(App.named("test")
                .post("/json", Map.class, (body, ctx) -> "decoded")
                .post("/form", ctx -> ctx.body().form().names())
                .post("/some", ctx -> ctx.body().stream().readNBytes(10).length)
                .post("/ignore", ctx -> "ignored")
                .post("/before", ctx -> "never")
                .post("/fail", ctx -> {
                    throw new IllegalStateException("secret of the house");
                })
                .get("/fail", ctx -> {
                    throw new IllegalStateException("secret of the house");
                })
                .get("/error", ctx -> {
                    throw new StackOverflowError("secret of the house");
                })
                .get("/checked", ctx -> {
                    throw new IOException("secret of the house");
                })
                .get("/busy", ctx -> {
                    throw new HttpException(
                            503,
                            "Come back later",
                            new IllegalStateException("secret of the house"),
                            Headers.empty().with("Retry-After", "5"));
                })
                .get(
                        "/after",
                        ctx -> "never",
                        route -> route.after((ctx, response) -> {
                            throw new IllegalStateException("secret of the house");
                        }))
                .get("/unencodable", ctx -> new Object() {
                    public String getName() {
                        throw new IllegalStateException("secret of the house");
                    }
                })
                .get("/fine", ctx -> Response.text("fine"))
                .before(ctx -> ctx.path().equals("/before") ? Response.of(401) : null));
    }

    @AfterAll
    void stop() {
        app.close();
    }

    private static byte[] post(String path, String contentType, int length) {
        return (RawClient.request("POST", path, "Content-Type: " + contentType, "Content-Length: " + length)
                        + "x".repeat(length))
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] chunked(String path, String contentType, int length) {
        StringBuilder request = new StringBuilder(
                RawClient.request("POST", path, "Content-Type: " + contentType, "Transfer-Encoding: chunked"));
        int left = length;
        while (left > 0) {
            int chunk = Math.min(left, 8000);
            request.append(Integer.toHexString(chunk))
                    .append("\r\n")
                    .append("x".repeat(chunk))
                    .append("\r\n");
            left -= chunk;
        }
        return request.append("0\r\n\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    @Nested
    class After_a_body_that_nobody_read {

        /** The sizes are: more than the server has buffered, and more than the app reads into memory. */
        @ParameterizedTest
        @CsvSource({
            "/json, application/json, 100000, 400",
            "/json, application/json, 1100000, 413",
            "/json, text/plain, 100000, 415",
            "/json, text/plain, 1100000, 415",
            "/form, text/plain, 1100000, 415",
            "/some, text/plain, 100000, 200",
            "/some, text/plain, 1100000, 200",
            "/ignore, text/plain, 100000, 200",
            "/ignore, text/plain, 1100000, 200",
            "/before, text/plain, 1100000, 401",
            "/fail, text/plain, 1100000, 500",
            "/nowhere, text/plain, 1100000, 404",
            "/fine, text/plain, 1100000, 405",
        })
        void the_next_request_is_answered(String path, String contentType, int length, int status) throws Exception {
            try (RawClient client = app.connect()) {
                client.send(post(path, contentType, length));
                Answer first = client.answer();
                assertThat(first.status()).isEqualTo(status);
                assertThat(first.header("Connection")).isNull();

                client.send(chunked(path, contentType, length));
                assertThat(client.answer().status()).isEqualTo(status);

                assertThat(client.exchange("GET", "/fine").text()).isEqualTo("fine");
            }
        }

        @Test
        void a_client_that_waits_for_100_continue_need_not_send_the_body() throws IOException {
            try (RawClient client = app.connect()) {
                client.send(RawClient.request(
                        "POST", "/json", "Content-Type: text/plain", "Content-Length: 100000", "Expect: 100-continue"));

                Answer refused = client.answer();

                assertThat(refused.status()).isEqualTo(415);
                assertThat(refused.header("Connection")).isEqualTo("close");
                assertThat(client.isEnded()).isTrue();
            }
        }

        @Test
        void a_body_without_end_is_not_read_for_ever() throws IOException {
            try (RawClient client = app.connect()) {
                client.send(RawClient.request(
                        "POST", "/json", "Content-Type: text/plain", "Content-Length: " + (1L << 40)));

                assertThat(client.answer().status()).isEqualTo(415);
            }
        }
    }

    @Nested
    class After_a_failure {

        @ParameterizedTest
        @ValueSource(strings = {"/fail", "/error", "/checked", "/after", "/unencodable"})
        void nothing_of_the_message_is_shown_and_the_next_request_is_answered(String path) throws IOException {
            try (RawClient client = app.connect()) {
                Answer failed = client.exchange("GET", path, "X-Request-Id: r1");

                assertThat(failed.status()).isEqualTo(500);
                assertThat(failed.header("Content-Type")).isEqualTo("application/problem+json");
                assertThatJson(failed.text())
                        .isEqualTo("{title: 'Internal Server Error', status: 500, correlationId: 'r1'}");
                assertThat(failed.toString()).doesNotContain("secret");
                assertThat(client.exchange("GET", "/fine").text()).isEqualTo("fine");
            }
        }

        @Test
        void the_message_of_an_http_exception_and_its_headers_are_shown() throws IOException {
            try (RawClient client = app.connect()) {
                Answer busy = client.exchange("GET", "/busy", "X-Request-Id: r1");

                assertThat(busy.header("Retry-After")).isEqualTo("5");
                assertThatJson(busy.text())
                        .isEqualTo("{title: 'Service Unavailable', status: 503, detail: 'Come back later',"
                                + " correlationId: 'r1'}");
                assertThat(client.exchange("GET", "/fine").text()).isEqualTo("fine");
            }
        }

        @Test
        void a_failing_head_request_has_no_body() throws IOException {
            try (RawClient client = app.connect()) {
                Answer failed = client.exchange("HEAD", "/fail");

                assertThat(failed.status()).isEqualTo(500);
                assertThat(client.exchange("GET", "/fine").text()).isEqualTo("fine");
            }
        }

        @Test
        void a_thousand_failures_do_not_wear_the_server_out() throws IOException {
            try (RawClient client = app.connect()) {
                for (int i = 0; i < 1000; i++) {
                    assertThat(client.exchange("POST", "/nowhere").status()).isEqualTo(404);
                }
                assertThat(client.exchange("GET", "/fine").text()).isEqualTo("fine");
            }
        }
    }
}

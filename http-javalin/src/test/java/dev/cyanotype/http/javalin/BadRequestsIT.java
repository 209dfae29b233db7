/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin;

import static net.javacrumbs.jsonunit.assertj.JsonAssertions.assertThatJson;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.http.HttpOptions;
import dev.cyanotype.internal.testkit.wire.Answer;
import dev.cyanotype.internal.testkit.wire.RawClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused, how, and whether the connection lives on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadRequestsIT {

    record NewUser(String name, int age) {}

    private final AtomicInteger calls = new AtomicInteger();
    private RunningApp app;

    @BeforeAll
    void start() {
        app = RunningApp.of(App.named("test")
                .http(HttpOptions.builder()
                        .maxBodyBytes(100)
                        .maxUploadBytes(2000)
                        .build())
                .post("/users", NewUser.class, (user, ctx) -> calls.incrementAndGet())
                .post("/text", ctx -> {
                    String text = ctx.body().text();
                    calls.incrementAndGet();
                    return text;
                })
                .post("/stream", ctx -> {
                    byte[] all = ctx.body().stream().readAllBytes();
                    calls.incrementAndGet();
                    return all.length;
                })
                .post("/ignore", ctx -> "ignored")
                .get("/got/{id}", ctx -> {
                    calls.incrementAndGet();
                    return ctx.pathParam("id");
                })
                .get("/rest/{path*}", ctx -> Response.text(ctx.pathParam("path")))
                .get("/query", ctx -> {
                    String q = ctx.queryParam("q");
                    calls.incrementAndGet();
                    return q;
                })
                .get("/fine", ctx -> Response.text("fine")));
    }

    @BeforeEach
    void forget() {
        calls.set(0);
    }

    @AfterAll
    void stop() {
        app.close();
    }

    private static void isProblem(Answer answer, int status, String title, String detail) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.headers("Content-Type")).containsExactly("application/problem+json");
        assertThatJson(answer.text())
                .isEqualTo("{title: '%s', status: %d, detail: '%s', correlationId: 'r1'}"
                        .formatted(title, status, detail.replace("'", "\\'")));
    }

    /** A problem that the server makes before there is a request that could have an id of its own. */
    private static void isProblem(Answer answer, int status, String title) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.headers("Content-Type")).containsExactly("application/problem+json");
        assertThatJson(answer.text())
                .isEqualTo("{title: '%s', status: %d, correlationId: '${json-unit.regex}[0-9a-f]{16}'}"
                        .formatted(title, status));
    }

    private static String post(String path, String contentType, String body) {
        return RawClient.request(
                        "POST",
                        path,
                        "X-Request-Id: r1",
                        "Content-Type: " + contentType,
                        "Content-Length: " + body.getBytes(StandardCharsets.ISO_8859_1).length)
                + body;
    }

    @Nested
    class Bodies {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "{\"name\": \"Ann\", \"age\":      | 400 | Bad Request | the body is malformed JSON at line 1, column 23",
                    "no json                           | 400 | Bad Request | the body is malformed JSON at line 1, column 1",
                    "{\"name\": \"Ann\"} x             | 400 | Bad Request | the body is malformed JSON at line 1, column 17",
                    "{\"name\": \"Ann\", \"age\": \"x\"} | 400 | Bad Request | the body does not have the expected form: see 'age' at line 1, column 24",
                    "[]                                | 400 | Bad Request | the body does not have the expected form at line 1, column 1",
                    "null                              | 400 | Bad Request | the body is null",
                    "``                                | 400 | Bad Request | the body is empty (expected: JSON)",
                })
        void that_are_not_what_the_route_wants_are_refused(String body, int status, String title, String detail)
                throws IOException {
            try (RawClient client = app.connect()) {
                Answer answer =
                        client.send(post("/users", "application/json", body)).answer();

                isProblem(answer, status, title, detail);
                assertThat(calls).hasValue(0);
                assertThat(client.exchange("GET", "/fine").text()).isEqualTo("fine");
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "application/jsonx", "nonsense"})
        void of_another_type_are_refused(String contentType) throws IOException {
            try (RawClient client = app.connect()) {
                Answer answer = client.send(post("/users", contentType, "{}")).answer();

                isProblem(
                        answer,
                        415,
                        "Unsupported Media Type",
                        "the content type of the body is not supported here (expected: application/json)");
                assertThat(calls).hasValue(0);
                assertThat(client.exchange("GET", "/fine").text()).isEqualTo("fine");
            }
        }

        @Test
        void without_a_type_are_refused() throws IOException {
            try (RawClient client = app.connect()) {
                client.send(RawClient.request("POST", "/users", "X-Request-Id: r1", "Content-Length: 2") + "{}");

                isProblem(
                        client.answer(),
                        415,
                        "Unsupported Media Type",
                        "the body has no content type (expected: application/json)");
                assertThat(calls).hasValue(0);
                assertThat(client.exchange("GET", "/fine").text()).isEqualTo("fine");
            }
        }

        @Test
        void of_an_unknown_charset_are_refused() throws IOException {
            try (RawClient client = app.connect()) {
                client.send(post("/text", "text/plain; charset=klingon", "qapla"));

                isProblem(
                        client.answer(),
                        415,
                        "Unsupported Media Type",
                        "the charset of the body is unknown (expected: utf-8)");
                assertThat(client.exchange("GET", "/fine").text()).isEqualTo("fine");
            }
        }

        @ParameterizedTest
        @CsvSource({"/text, 100", "/stream, 2000"})
        void of_an_announced_size_beyond_the_limit_are_refused(String path, int limit) throws IOException {
            try (RawClient client = app.connect()) {
                Answer answer = client.send(post(path, "text/plain", "x".repeat(limit + 1)))
                        .answer();

                isProblem(answer, 413, "Content Too Large", "the body is larger than " + limit + " bytes");
                assertThat(calls).hasValue(0);
                assertThat(client.exchange("GET", "/fine").text()).isEqualTo("fine");
            }
        }

        @ParameterizedTest
        @CsvSource({"/text, 100", "/stream, 2000"})
        void of_an_unannounced_size_beyond_the_limit_are_refused(String path, int limit) throws IOException {
            try (RawClient client = app.connect()) {
                client.send(RawClient.request("POST", path, "X-Request-Id: r1", "Transfer-Encoding: chunked"))
                        .send(Integer.toHexString(limit) + "\r\n" + "x".repeat(limit) + "\r\n1\r\nx\r\n0\r\n\r\n");

                isProblem(client.answer(), 413, "Content Too Large", "the body is larger than " + limit + " bytes");
                assertThat(calls).hasValue(0);
                assertThat(client.exchange("GET", "/fine").text()).isEqualTo("fine");
            }
        }

        @ParameterizedTest
        @CsvSource({"/text, 100", "/stream, 2000"})
        void of_exactly_the_limit_are_taken(String path, int limit) throws IOException {
            try (RawClient client = app.connect()) {
                assertThat(client.send(post(path, "text/plain", "x".repeat(limit)))
                                .answer()
                                .status())
                        .isEqualTo(200);
                client.send(RawClient.request("POST", path, "Transfer-Encoding: chunked"))
                        .send(Integer.toHexString(limit) + "\r\n" + "x".repeat(limit) + "\r\n0\r\n\r\n");
                assertThat(client.answer().status()).isEqualTo(200);
            }
        }

        @Test
        void that_end_too_early_never_reach_the_handler() throws IOException {
            try (RawClient client = app.connect()) {
                client.send(RawClient.request("POST", "/text", "Content-Length: 50") + "half")
                        .sendNoMore();

                client.rest();
            }
            assertThat(app.get("/fine").text()).isEqualTo("fine");
            assertThat(calls).hasValue(0);
        }

        @ParameterizedTest
        @ValueSource(strings = {"zz\r\nxx\r\n", "-1\r\nxx\r\n", "fffffffffffffffff\r\nxx\r\n"})
        void with_a_malformed_chunk_never_reach_the_handler(String chunk) throws IOException {
            try (RawClient client = app.connect()) {
                client.send(RawClient.request("POST", "/text", "Transfer-Encoding: chunked") + chunk);

                assertThat(client.answer().status()).isEqualTo(400);
            }
            assertThat(calls).hasValue(0);
        }
    }

    @Nested
    class Paths_and_queries {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/got/..%2f..%2fetc%2fpasswd",
                    "/got/a%2fb",
                    "/got/%2e%2e",
                    "/got/..",
                    "/got/a%5cb",
                })
        void that_no_parameter_may_hold_are_400(String target) throws IOException {
            try (RawClient client = app.connect()) {
                Answer answer = client.exchange("GET", target, "X-Request-Id: r1");

                assertThat(answer.status()).isEqualTo(400);
                assertThat(answer.headers("Content-Type")).containsExactly("application/problem+json");
                assertThatJson(answer.text()).node("title").isEqualTo("Bad Request");
                assertThatJson(answer.text()).node("correlationId").isEqualTo("r1");
                assertThat(calls).hasValue(0);
                assertThat(client.exchange("GET", "/fine").text()).isEqualTo("fine");
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"/got/%zz", "/got/%", "/got/%4", "/%zz", "/got/%00", "/got/a%00b", "/rest/%00"})
        void that_are_no_urls_are_400_and_end_the_connection(String target) throws IOException {
            try (RawClient client = app.connect()) {
                Answer answer = client.exchange("GET", target);

                isProblem(answer, 400, "Bad Request");
                assertThat(client.isEnded()).isTrue();
            }
            assertThat(calls).hasValue(0);
        }

        @ParameterizedTest
        @ValueSource(strings = {"/got/%c0%af", "/got/%ff", "/got/%ed%a0%80", "/rest/a/%ff"})
        void that_are_not_utf_8_are_400(String target) throws IOException {
            try (RawClient client = app.connect()) {
                Answer answer = client.exchange("GET", target, "X-Request-Id: r1");

                assertThat(answer.status()).isEqualTo(400);
                assertThat(answer.headers("Content-Type")).containsExactly("application/problem+json");
                assertThatJson(answer.text()).node("title").isEqualTo("Bad Request");
                assertThatJson(answer.text()).node("correlationId").isEqualTo("r1");
                assertThat(calls).hasValue(0);
                assertThat(client.exchange("GET", "/fine").text()).isEqualTo("fine");
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"/got/a\\b", "/got/..\\..\\secret", "/got/a b", "/got/\u00e4", "/got/\u00ff"})
        void with_a_character_that_no_client_may_send_never_reach_the_handler_undetected(String target)
                throws IOException {
            try (RawClient client = app.connect()) {
                Answer answer = client.exchange("GET", target);

                assertThat(answer.status()).isEqualTo(400);
                assertThat(answer.headers("Content-Type")).containsExactly("application/problem+json");
            }
            assertThat(calls).hasValue(0);
        }

        @ParameterizedTest
        @ValueSource(strings = {"/query?q=%zz", "/query?q=%", "/query?q=%ff", "/query?%c0%af=1"})
        void queries_with_bad_escapes_are_400(String target) throws IOException {
            try (RawClient client = app.connect()) {
                Answer answer = client.exchange("GET", target, "X-Request-Id: r1");

                assertThat(answer.status()).isEqualTo(400);
                assertThatJson(answer.text()).node("correlationId").isEqualTo("r1");
                assertThat(calls).hasValue(0);
                assertThat(client.exchange("GET", "/fine").text()).isEqualTo("fine");
            }
        }

        @Test
        void that_are_long_are_414() throws IOException {
            try (RawClient client = app.connect()) {
                Answer path = client.exchange("GET", "/got/" + "a".repeat(8188), "X-Request-Id: r1");
                isProblem(path, 414, "URI Too Long", "the URL is longer than 8192 characters");
                Answer query = client.exchange("GET", "/query?q=" + "a".repeat(8184), "X-Request-Id: r1");
                isProblem(query, 414, "URI Too Long", "the URL is longer than 8192 characters");
                assertThat(calls).hasValue(0);
                assertThat(client.exchange("GET", "/fine").text()).isEqualTo("fine");
            }
        }

        @Test
        void up_to_the_limit_are_taken() throws IOException {
            try (RawClient client = app.connect()) {
                assertThat(client.exchange("GET", "/got/" + "a".repeat(8187)).status())
                        .isEqualTo(200);
            }
        }

        @Test
        void that_are_longer_than_the_head_may_be_are_414_too() throws IOException {
            try (RawClient client = app.connect()) {
                client.sendUnlessRefused(
                        RawClient.request("GET", "/got/" + "a".repeat(16 << 10)).getBytes(StandardCharsets.ISO_8859_1));

                isProblem(client.answer(), 414, "URI Too Long");
            }
            assertThat(calls).hasValue(0);
        }
    }

    @Nested
    class Heads {

        @Test
        void that_are_too_large_are_431() throws IOException {
            try (RawClient client = app.connect()) {
                client.sendUnlessRefused(RawClient.request("GET", "/got/1", "X-Large: " + "x".repeat(17 << 10))
                        .getBytes(StandardCharsets.ISO_8859_1));

                isProblem(client.answer(), 431, "Request Header Fields Too Large");
            }
            assertThat(calls).hasValue(0);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "GET                              | 400 | Bad Request",
                    "GET /got/1 HTTP/1.1 HTTP/1.1     | 400 | Bad Request",
                    "GET /got/1 HTTQ/1.1              | 505 | HTTP Version Not Supported",
                    "GET /got/1 HTTP/9.9              | 505 | HTTP Version Not Supported",
                    "G@T /got/1 HTTP/1.1              | 400 | Bad Request",
                    "nonsense                         | 400 | Bad Request",
                })
        void with_a_malformed_request_line_are_refused(String line, int status, String title) throws IOException {
            try (RawClient client = app.connect()) {
                client.send(line + "\r\nHost: localhost\r\n\r\n");

                isProblem(client.answer(), status, title);
                assertThat(client.isEnded()).isTrue();
            }
            assertThat(calls).hasValue(0);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "X Y: 1",
                    ": 1",
                    "X-A: 1\r\n folded",
                    "Content-Length: 1\r\nContent-Length: 2",
                    "Content-Length: -1",
                    "Content-Length: x",
                    "Transfer-Encoding: chunked\r\nContent-Length: 1",
                    "Transfer-Encoding: gzip, unknown",
                    "Host: other",
                })
        void with_a_malformed_field_are_refused(String field) throws IOException {
            try (RawClient client = app.connect()) {
                client.send("GET /got/1 HTTP/1.1\r\nHost: localhost\r\n" + field + "\r\n\r\n");

                isProblem(client.answer(), 400, "Bad Request");
            }
            assertThat(calls).hasValue(0);
        }

        @Test
        void without_a_host_are_refused() throws IOException {
            try (RawClient client = app.connect()) {
                client.send("GET /got/1 HTTP/1.1\r\n\r\n");

                isProblem(client.answer(), 400, "Bad Request");
            }
            assertThat(calls).hasValue(0);
        }

        @Test
        void repeat_nothing_of_what_was_sent() throws IOException {
            try (RawClient client = app.connect()) {
                client.send("GET /got/<script>secret HTTP/1.1 x\r\nHost: localhost\r\nX secret: secret\r\n\r\n");

                assertThat(client.rest()).startsWith("HTTP/1.1 400 ").doesNotContain("secret");
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"a b", "<script>", "a\tb", "\u00e4"})
        void with_an_odd_request_id_get_another(String id) throws IOException {
            try (RawClient client = app.connect()) {
                Answer answer = client.exchange("GET", "/nowhere", "X-Request-Id: " + id);

                assertThatJson(answer.text()).node("correlationId").isString().matches("[0-9a-f]{16}");
            }
        }

        @Test
        void of_a_tls_client_end_the_connection() throws IOException {
            try (RawClient client = app.connect()) {
                client.send(new byte[] {0x16, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc, 3, 3})
                        .sendNoMore();

                client.rest();
            }
            assertThat(app.get("/fine").text()).isEqualTo("fine");
        }
    }
}

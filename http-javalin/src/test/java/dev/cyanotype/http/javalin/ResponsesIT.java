/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin;

import static java.util.concurrent.TimeUnit.SECONDS;
import static net.javacrumbs.jsonunit.assertj.JsonAssertions.assertThatJson;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.Cookie;
import dev.cyanotype.exchange.HttpException;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.internal.testkit.wire.Answer;
import dev.cyanotype.internal.testkit.wire.RawClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a handler's result on its way to a client. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResponsesIT {

    /** Larger than the buffers of the server. */
    private static final int LARGE = 300_000;

    private final ExecutorService other = Executors.newSingleThreadExecutor(task -> new Thread(task, "other"));
    private RunningApp app;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        Path small = Files.writeString(folder.resolve("small.html"), "<p>small</p>");
        Path large = Files.write(folder.resolve("large.bin"), large());
        app = RunningApp.of(Blueprint.named("results")
                .get("/value", ctx -> Map.of("a", List.of(1, 2)))
                .get("/string", ctx -> "text")
                .get("/null", ctx -> null)
                .get("/json-null", ctx -> Response.json(null))
                .get("/present", ctx -> Optional.of(Map.of("id", 1)))
                .get("/absent", ctx -> Optional.empty())
                .get("/status/{code:int}", ctx -> Response.of(ctx.pathParam("code", Integer.class)))
                .get("/text", ctx -> Response.text("grün"))
                .get("/html", ctx -> Response.html("<p>grün</p>"))
                .get(
                        "/latin",
                        ctx -> Response.bytes(
                                "text/plain;charset=iso-8859-1", "grün".getBytes(StandardCharsets.ISO_8859_1)))
                .get("/untyped", ctx -> Response.bytes("application/x-own", new byte[] {1, 2, 3}))
                .get("/bytes/small", ctx -> Response.bytes("application/octet-stream", new byte[] {0, -1, 127}))
                .get("/bytes/large", ctx -> Response.bytes("application/octet-stream", large()))
                .get("/file/small", ctx -> Response.file(small))
                .get("/file/large", ctx -> Response.file(large))
                .get("/file/typed", ctx -> Response.file(small).contentType("text/x-own"))
                .get("/file/missing", ctx -> Response.file(folder.resolve("missing.txt")))
                .get("/stream", ctx -> Response.stream("text/plain", out -> out.write("streamed".getBytes())))
                .get("/input", ctx -> Response.stream("text/plain", new ByteArrayInputStream(large())))
                .get(
                        "/cookies",
                        ctx -> Response.empty()
                                .cookie(Cookie.of("a", "1")
                                        .maxAge(Duration.ofHours(1))
                                        .secure(true))
                                .cookie(Cookie.removal("b")))
                .get("/redirect", ctx -> Response.redirect("/text").status(303))
                .get("/large-header", ctx -> Response.text("x").header("X-A", "y".repeat(20_000)))
                .get("/early", ctx -> Response.of(103))
                .get("/line-break", ctx -> Response.empty().header("X-A", "1\r\nX-B: 2"))
                .get(
                        "/later",
                        ctx -> CompletableFuture.supplyAsync(
                                () -> Map.of("thread", Thread.currentThread().getName()), other))
                .get("/later/response", ctx -> CompletableFuture.supplyAsync(() -> Response.of(202, "later"), other))
                .get("/later/absent", ctx -> CompletableFuture.supplyAsync(Optional::empty, other))
                .get("/later/null", ctx -> CompletableFuture.supplyAsync(() -> null, other))
                .get(
                        "/later/large",
                        ctx -> CompletableFuture.supplyAsync(
                                () -> Response.bytes("application/octet-stream", large()), other))
                .get(
                        "/later/stream",
                        ctx -> CompletableFuture.supplyAsync(
                                () -> Response.stream("text/plain", out -> out.write("streamed".getBytes())), other))
                .get(
                        "/later/failing",
                        ctx -> CompletableFuture.supplyAsync(
                                () -> {
                                    throw new IllegalStateException("secret");
                                },
                                other))
                .get(
                        "/later/refusing",
                        ctx -> CompletableFuture.supplyAsync(
                                () -> {
                                    throw new HttpException(409, "Not now");
                                },
                                other))
                .get("/already", ctx -> CompletableFuture.completedFuture("done"))
                .build());
    }

    @AfterAll
    void stop() {
        app.close();
        other.shutdown();
    }

    private static byte[] large() {
        byte[] bytes = new byte[LARGE];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31 >> 3);
        }
        return bytes;
    }

    @Nested
    class Plain_values {

        @Test
        void a_value_is_json() {
            Answer answer = app.get("/value");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Content-Type")).isEqualTo("application/json");
            assertThat(answer.header("Content-Length")).isEqualTo("11");
            assertThat(answer.text()).isEqualTo("{\"a\":[1,2]}");
        }

        @Test
        void a_string_is_a_json_string() {
            assertThat(app.get("/string").text()).isEqualTo("\"text\"");
        }

        @Test
        void null_is_204_without_body_and_type() {
            Answer answer = app.get("/null");

            assertThat(answer.status()).isEqualTo(204);
            assertThat(answer.header("Content-Type")).isNull();
            assertThat(answer.header("Content-Length")).isNull();
            assertThat(answer.body()).isEmpty();
        }

        @Test
        void the_json_null_is_a_body() {
            Answer answer = app.get("/json-null");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text()).isEqualTo("null");
        }

        @Test
        void a_present_optional_is_its_value() {
            assertThatJson(app.get("/present").text()).isEqualTo("{id: 1}");
        }

        @Test
        void an_absent_optional_is_404() {
            Answer answer = app.get("/absent", "X-Request-Id", "r1");

            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
            assertThatJson(answer.text())
                    .isEqualTo("{title: 'Not Found', status: 404, detail: 'There is no such thing here',"
                            + " correlationId: 'r1'}");
        }

        @ParameterizedTest
        @ValueSource(ints = {200, 201, 202, 204, 205, 304, 400, 404, 418, 500, 503, 599})
        void every_status_goes_out_without_a_body_of_the_server(int status) {
            Answer answer = app.get("/status/" + status);

            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.body()).isEmpty();
            assertThat(answer.header("Content-Type")).isNull();
        }
    }

    @Nested
    class Bodies {

        @ParameterizedTest
        @CsvSource({
            "/text, text/plain;charset=utf-8, grün",
            "/html, text/html;charset=utf-8, <p>grün</p>",
        })
        void text_is_utf_8_and_says_so(String path, String contentType, String text) {
            Answer answer = app.get(path);

            assertThat(answer.header("Content-Type")).isEqualTo(contentType);
            assertThat(answer.text()).isEqualTo(text);
        }

        @Test
        void the_server_adds_no_charset_and_no_type() {
            assertThat(app.get("/latin").header("Content-Type")).isEqualTo("text/plain;charset=iso-8859-1");
            assertThat(app.get("/latin").body()).isEqualTo("grün".getBytes(StandardCharsets.ISO_8859_1));
            assertThat(app.get("/untyped").header("Content-Type")).isEqualTo("application/x-own");
            assertThat(app.get("/stream").header("Content-Type")).isEqualTo("text/plain");
        }

        @Test
        void a_file_has_the_type_of_its_name_and_its_length() {
            Answer small = app.get("/file/small");
            Answer large = app.get("/file/large");

            assertThat(small.text()).isEqualTo("<p>small</p>");
            assertThat(small.header("Content-Type")).isEqualTo("text/html;charset=utf-8");
            assertThat(small.header("Content-Length")).isEqualTo("12");
            assertThat(large.body()).isEqualTo(large());
            assertThat(large.header("Content-Type")).isEqualTo("application/octet-stream");
            assertThat(large.header("Content-Length")).isEqualTo("300000");
            assertThat(app.get("/file/typed").header("Content-Type")).isEqualTo("text/x-own");
        }

        @Test
        void a_missing_file_is_404() {
            Answer answer = app.get("/file/missing", "X-Request-Id", "r1");

            assertThat(answer.status()).isEqualTo(404);
            assertThatJson(answer.text())
                    .isEqualTo("{title: 'Not Found', status: 404, detail: 'There is no such file',"
                            + " correlationId: 'r1'}");
        }

        @Test
        void an_input_stream_is_copied() {
            assertThat(app.get("/input").body()).isEqualTo(large());
        }

        @Test
        void a_body_of_unknown_length_does_not_end_the_connection() throws IOException {
            try (RawClient client = app.connect()) {
                assertThat(client.exchange("GET", "/stream").text()).isEqualTo("streamed");
                assertThat(client.exchange("GET", "/input").body()).isEqualTo(large());
                assertThat(client.exchange("GET", "/text").text()).isEqualTo("grün");
            }
        }
    }

    @Nested
    class Header_fields {

        @Test
        void each_cookie_has_its_own_field() {
            assertThat(app.get("/cookies").headers("Set-Cookie"))
                    .containsExactly(
                            "a=1; Path=/; Max-Age=3600; Secure; HttpOnly; SameSite=Lax",
                            "b=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
        }

        @Test
        void a_redirect_keeps_its_location_as_it_is() {
            Answer answer = app.get("/redirect");

            assertThat(answer.status()).isEqualTo(303);
            assertThat(answer.header("Location")).isEqualTo("/text");
            assertThat(answer.body()).isEmpty();
        }

        @Test
        void a_line_break_in_a_value_is_refused() {
            Answer answer = app.get("/line-break");

            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.header("X-A")).isNull();
            assertThat(answer.header("X-B")).isNull();
        }

        @Test
        void too_large_a_head_is_a_problem() throws IOException {
            try (RawClient client = app.connect()) {
                Answer answer = client.exchange("GET", "/large-header");

                assertThat(answer.status()).isEqualTo(500);
                assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
                assertThatJson(answer.text()).node("title").isEqualTo("Internal Server Error");
                assertThat(client.exchange("GET", "/text").text()).isEqualTo("grün");
            }
        }

        @Test
        void an_interim_status_is_never_the_answer() throws IOException {
            try (RawClient client = app.connect()) {
                client.send(RawClient.request("GET", "/early") + RawClient.request("GET", "/text"));

                assertThat(client.answer().status()).isEqualTo(500);
                assertThat(client.answer().text()).isEqualTo("grün");
            }
        }

        @Test
        void the_server_does_not_introduce_itself() {
            Answer answer = app.get("/text");

            assertThat(answer.header("Server")).isNull();
            assertThat(answer.header("X-Powered-By")).isNull();
        }
    }

    @Nested
    class Head_requests {

        @ParameterizedTest
        @CsvSource({
            "/value, 11, application/json",
            "/bytes/small, 3, application/octet-stream",
            "/bytes/large, 300000, application/octet-stream",
            "/file/small, 12, text/html;charset=utf-8",
            "/file/large, 300000, application/octet-stream",
            "/later/large, 300000, application/octet-stream",
            "/stream, , text/plain",
        })
        void have_type_and_length_but_no_body(String path, String length, String type) throws IOException {
            try (RawClient client = app.connect()) {
                Answer head = client.exchange("HEAD", path);

                assertThat(head.status()).isEqualTo(200);
                assertThat(head.header("Content-Length")).isEqualTo(length);
                assertThat(head.header("Content-Type")).isEqualTo(type);
                // Were there a body, the next response would not start here.
                assertThat(client.exchange("GET", "/text").text()).isEqualTo("grün");
            }
        }

        @Test
        void of_what_is_missing_are_404_without_body() throws IOException {
            try (RawClient client = app.connect()) {
                assertThat(client.exchange("HEAD", "/absent").status()).isEqualTo(404);
                assertThat(client.exchange("HEAD", "/nowhere").status()).isEqualTo(404);
                assertThat(client.exchange("GET", "/text").text()).isEqualTo("grün");
            }
        }
    }

    @Nested
    class Results_that_come_later {

        @Test
        void are_awaited() {
            assertThatJson(app.get("/later").text()).isEqualTo("{thread: 'other'}");
            assertThat(app.get("/already").text()).isEqualTo("\"done\"");
        }

        @Test
        void are_what_they_would_be_at_once() {
            Answer response = app.get("/later/response");
            assertThat(response.status()).isEqualTo(202);
            assertThat(response.text()).isEqualTo("\"later\"");
            assertThat(app.get("/later/absent").status()).isEqualTo(404);
            assertThat(app.get("/later/null").status()).isEqualTo(204);
            assertThat(app.get("/later/large").body()).isEqualTo(large());
            assertThat(app.get("/later/stream").text()).isEqualTo("streamed");
        }

        @Test
        void may_be_errors() {
            Answer failing = app.get("/later/failing", "X-Request-Id", "r1");
            Answer refusing = app.get("/later/refusing", "X-Request-Id", "r2");

            assertThat(failing.status()).isEqualTo(500);
            assertThatJson(failing.text())
                    .isEqualTo("{title: 'Internal Server Error', status: 500, correlationId: 'r1'}");
            assertThat(refusing.status()).isEqualTo(409);
            assertThatJson(refusing.text())
                    .isEqualTo("{title: 'Conflict', status: 409, detail: 'Not now', correlationId: 'r2'}");
        }

        @Test
        void do_not_end_the_connection() throws IOException {
            try (RawClient client = app.connect()) {
                for (String path : List.of("/later", "/later/failing", "/later/stream", "/later/large")) {
                    client.exchange("GET", path);
                }
                assertThat(client.exchange("GET", "/text").text()).isEqualTo("grün");
            }
        }

        @Test
        void do_not_hold_a_thread_meanwhile() throws Exception {
            CompletableFuture<String> later = new CompletableFuture<>();
            CountDownLatch inside = new CountDownLatch(260);
            Blueprint blueprint = Blueprint.named("waiting")
                    .get("/later", ctx -> {
                        inside.countDown();
                        return later;
                    })
                    .build();
            JavalinOptions options =
                    JavalinOptions.builder().port(0).virtualThreads(false).build();
            try (RunningApp waiting = RunningApp.of(App.named("test").register(blueprint), options)) {
                List<RawClient> clients = new ArrayList<>();
                // More than the server's pool has threads.
                for (int i = 0; i < 260; i++) {
                    clients.add(waiting.connect().send(RawClient.request("GET", "/later")));
                }
                assertThat(inside.await(20, SECONDS)).isTrue();

                later.complete("now");

                for (RawClient client : clients) {
                    assertThat(client.answer().text()).isEqualTo("\"now\"");
                    client.close();
                }
            }
        }

        @Test
        void may_come_after_the_client_has_left() throws Exception {
            CompletableFuture<String> later = new CompletableFuture<>();
            CountDownLatch inside = new CountDownLatch(1);
            BlockingQueue<String> log = new LinkedBlockingQueue<>();
            Blueprint blueprint = Blueprint.named("waiting")
                    .get("/later", ctx -> {
                        inside.countDown();
                        return later;
                    })
                    .get("/fine", ctx -> "fine")
                    .teardown((ctx, error) -> log.add(ctx.path()))
                    .build();
            try (RunningApp waiting = RunningApp.of(blueprint)) {
                RawClient gone = waiting.connect().send(RawClient.request("GET", "/later"));
                assertThat(inside.await(10, SECONDS)).isTrue();
                gone.reset();

                later.complete("too late");

                assertThat(log.poll(10, SECONDS)).isEqualTo("/later");
                assertThat(waiting.get("/fine").text()).isEqualTo("\"fine\"");
            }
        }

        @Test
        void may_be_asked_for_with_head() {
            Answer answer = app.send("HEAD", "/later", BodyPublishers.noBody());

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Content-Length")).isEqualTo("18");
        }
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin;

import static net.javacrumbs.jsonunit.assertj.JsonAssertions.assertThatJson;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.http.HttpMethod;
import dev.cyanotype.internal.testkit.wire.Answer;
import dev.cyanotype.internal.testkit.wire.RawClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a handler sees of a request that came over a socket. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RequestsIT {

    record NewUser(String name, int age) {}

    private final Blueprint echo = Blueprint.named("echo")
            .route(
                    EnumSet.complementOf(EnumSet.of(HttpMethod.HEAD)),
                    List.of("/method"),
                    ctx -> Response.text(ctx.method().name()))
            .head(
                    "/method",
                    ctx -> Response.empty().header("X-Method", ctx.method().name()))
            .get("/got/{id}", ctx -> Map.of("id", ctx.pathParam("id"), "path", ctx.path(), "pattern", ctx.pattern()))
            .get("/rest/{path*}", ctx -> Response.text(ctx.pathParam("path")))
            .get("/query", ctx -> ctx.query().toMap())
            .get("/headers", ctx -> Map.of("one", String.valueOf(ctx.header("x-ONE"))))
            .get("/cookies", ctx -> Response.text(ctx.cookie("a") + " " + ctx.cookie("b") + " " + ctx.cookie("c")))
            .get("/client", ctx -> {
                var remote = ctx.remoteAddress();
                return Map.of("address", remote.getAddress().getHostAddress(), "port", remote.getPort() > 0);
            })
            .get("/asked", ctx -> Map.of("host", ctx.host(), "scheme", ctx.scheme(), "app", ctx.app()))
            .post("/users", NewUser.class, (user, ctx) -> Response.created(user))
            .post("/tree", ctx -> ctx.body().json())
            .post("/text", ctx -> Response.text(ctx.body().text()))
            .post("/length", ctx -> Map.of("length", ctx.body().stream().readAllBytes().length))
            .post("/form", ctx -> ctx.body().form().toMap())
            .get("/get-with-body", ctx -> Response.text(ctx.body().text()))
            .build();

    private RunningApp app;

    @BeforeAll
    void start() {
        app = RunningApp.of(echo);
    }

    @AfterAll
    void stop() {
        app.close();
    }

    @Nested
    class Line_and_head {

        @ParameterizedTest
        @EnumSource(value = HttpMethod.class, mode = EnumSource.Mode.EXCLUDE, names = "HEAD")
        void every_method_reaches_its_handler(HttpMethod method) {
            Answer answer = app.send(method.name(), "/method", BodyPublishers.noBody());

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text()).isEqualTo(method.name());
        }

        @Test
        void a_declared_head_handler_beats_the_get_handler() {
            Answer answer = app.send("HEAD", "/method", BodyPublishers.noBody());

            assertThat(answer.status()).isEqualTo(204);
            assertThat(answer.header("X-Method")).isEqualTo("HEAD");
        }

        @Test
        void path_parameters_are_decoded_and_the_path_is_as_sent() {
            Answer answer = app.get("/got/%C3%A4%20%2B");

            assertThatJson(answer.text()).isEqualTo("{id: 'ä +', path: '/got/%C3%A4%20%2B', pattern: '/got/{id}'}");
        }

        @Test
        void a_rest_parameter_keeps_its_slashes() {
            assertThat(app.get("/rest/a/b%20c/d").text()).isEqualTo("a/b c/d");
        }

        @Test
        void a_dot_segment_in_a_rest_parameter_is_not_resolved_by_the_server() throws IOException {
            try (RawClient client = app.connect()) {
                assertThat(client.exchange("GET", "/rest/a/./b").text()).isEqualTo("a/./b");
            }
        }

        @Test
        void query_parameters_are_decoded_in_their_order() {
            Answer answer = app.get("/query?q=a+b&q=c%26d&empty=&bare&%C3%A4=1");

            assertThat(answer.text())
                    .isEqualTo("{\"q\":[\"a b\",\"c&d\"],\"empty\":[\"\"],\"bare\":[\"\"],\"ä\":[\"1\"]}");
        }

        @Test
        void header_names_have_no_letter_case() {
            assertThatJson(app.get("/headers", "X-One", "1").text()).isEqualTo("{one: '1'}");
            assertThatJson(app.get("/headers").text()).isEqualTo("{one: 'null'}");
        }

        @Test
        void cookies_are_read_from_all_cookie_headers() {
            Answer answer = app.get("/cookies", "Cookie", "a=1; b=x=y", "Cookie", "c=\"q\"");

            assertThat(answer.text()).isEqualTo("1 x=y \"q\"");
        }

        @Test
        void the_remote_address_is_that_of_the_connection() {
            assertThatJson(app.get("/client").text()).isEqualTo("{address: '127.0.0.1', port: true}");
        }

        @Test
        void the_forwarded_headers_of_a_client_change_nothing() {
            Answer client = app.get("/client", "X-Forwarded-For", "203.0.113.7", "Forwarded", "for=203.0.113.7");
            Answer asked = app.get("/asked", "X-Forwarded-Proto", "https", "X-Forwarded-Host", "evil.example");

            assertThatJson(client.text()).isEqualTo("{address: '127.0.0.1', port: true}");
            assertThatJson(asked.text()).isEqualTo("{host: '127.0.0.1', scheme: 'http', app: 'test'}");
        }

        @Test
        void the_host_is_in_lower_case_and_without_port() throws IOException {
            try (RawClient client = app.connect()) {
                client.send("GET /asked HTTP/1.1\r\nHost: API.Example.com:8080\r\n\r\n");

                assertThatJson(client.answer().text())
                        .isEqualTo("{host: 'api.example.com', scheme: 'http', app: 'test'}");
            }
        }

        @Test
        void an_http_1_0_client_is_answered_and_let_go() throws IOException {
            try (RawClient client = app.connect()) {
                client.send("GET /method HTTP/1.0\r\nHost: localhost\r\n\r\n");

                assertThat(client.answer().text()).isEqualTo("GET");
                assertThat(client.isEnded()).isTrue();
            }
        }

        @Test
        void a_target_may_be_a_whole_url() throws IOException {
            try (RawClient client = app.connect()) {
                assertThat(client.exchange("GET", "http://localhost/rest/a/b").text())
                        .isEqualTo("a/b");
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"/./method", "/x/../method", "//method", "/method;v=1", "/METHOD", "/method%20"})
        void a_path_is_taken_as_it_is(String target) throws IOException {
            try (RawClient client = app.connect()) {
                assertThat(client.exchange("GET", target).status()).isEqualTo(404);
            }
        }

        @Test
        void a_client_that_would_rather_speak_http_2_is_answered_in_http_1_1() throws Exception {
            HttpClient client =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();

            HttpResponse<String> response =
                    client.send(app.request("/method").build(), HttpResponse.BodyHandlers.ofString());

            assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
            assertThat(response.body()).isEqualTo("GET");
        }

        @Test
        void a_host_chooses_its_blueprint() throws IOException {
            Blueprint api = Blueprint.named("api")
                    .host("api.example.com")
                    .get("/", ctx -> Response.text("api"))
                    .build();
            Blueprint any =
                    Blueprint.named("any").get("/", ctx -> Response.text("any")).build();
            try (RunningApp hosts = RunningApp.of(api, any);
                    RawClient client = hosts.connect()) {
                client.send("GET / HTTP/1.1\r\nHost: API.example.com:81\r\n\r\n");
                assertThat(client.answer().text()).isEqualTo("api");
                client.send("GET / HTTP/1.1\r\nHost: www.example.com\r\n\r\n");
                assertThat(client.answer().text()).isEqualTo("any");
            }
        }
    }

    @Nested
    class Bodies {

        @Test
        void json_is_decoded_and_encoded() {
            Answer answer = app.post("/users", "application/json", "{\"name\": \"Zoë\", \"age\": 7}");

            assertThat(answer.status()).isEqualTo(201);
            assertThat(answer.header("Content-Type")).isEqualTo("application/json");
            assertThat(answer.text()).isEqualTo("{\"name\":\"Zoë\",\"age\":7}");
        }

        @ParameterizedTest
        @ValueSource(strings = {"application/json;charset=utf-8", "Application/JSON", "application/vnd.api+json"})
        void every_kind_of_json_is_taken(String contentType) {
            assertThat(app.post("/tree", contentType, "[1,2]").text()).isEqualTo("[1,2]");
        }

        @Test
        void json_in_chunks_is_decoded() {
            byte[] json = "{\"name\": \"Ann\", \"age\": 7}".getBytes(StandardCharsets.UTF_8);
            var chunked = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(json));

            Answer answer = app.send("POST", "/users", chunked, "Content-Type", "application/json");

            assertThat(answer.status()).isEqualTo(201);
            assertThat(answer.text()).isEqualTo("{\"name\":\"Ann\",\"age\":7}");
        }

        @Test
        void text_is_decoded_with_the_charset_of_its_content_type() {
            Answer latin = app.send(
                    "POST",
                    "/text",
                    BodyPublishers.ofByteArray("süß".getBytes(StandardCharsets.ISO_8859_1)),
                    "Content-Type",
                    "text/plain; charset=iso-8859-1");

            assertThat(latin.text()).isEqualTo("süß");
            assertThat(app.post("/text", "text/plain", "süß").text()).isEqualTo("süß");
        }

        @Test
        void a_body_beyond_the_limit_for_memory_can_be_streamed() {
            Answer answer = app.send("POST", "/length", BodyPublishers.ofByteArray(new byte[3 << 20]));

            assertThatJson(answer.text()).isEqualTo("{length: 3145728}");
        }

        @Test
        void a_url_encoded_form_is_read() {
            Answer answer = app.post("/form", "application/x-www-form-urlencoded", "name=Zo%C3%AB+K&tag=a&tag=b");

            assertThatJson(answer.text()).isEqualTo("{name: ['Zoë K'], tag: ['a', 'b']}");
        }

        @Test
        void the_fields_of_a_form_are_not_mixed_with_those_of_the_query() {
            Answer answer = app.post("/form?name=query", "application/x-www-form-urlencoded", "name=form");

            assertThatJson(answer.text()).isEqualTo("{name: ['form']}");
        }

        @Test
        void a_get_request_may_have_a_body() {
            assertThat(app.send("GET", "/get-with-body", BodyPublishers.ofString("hello"))
                            .text())
                    .isEqualTo("hello");
        }

        @Test
        void a_missing_body_is_empty() {
            assertThat(app.send("POST", "/text", BodyPublishers.noBody()).text())
                    .isEmpty();
        }

        @Test
        void a_client_that_waits_for_100_continue_gets_it_when_the_body_is_read() throws IOException {
            try (RawClient client = app.connect()) {
                client.send(RawClient.request("POST", "/text", "Content-Length: 5", "Expect: 100-continue"));
                assertThat(client.head().status()).isEqualTo(100);

                client.send("hello");

                assertThat(client.answer().text()).isEqualTo("hello");
            }
        }
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

import static dev.cyanotype.testkit.CyanotypeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.Cookie;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.http.HttpMethod;
import dev.cyanotype.http.Upload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestRequestTest {

    private final TestApp app = TestApp.of(Blueprint.named("echo")
            .route(
                    EnumSet.allOf(HttpMethod.class),
                    List.of("/method"),
                    ctx -> Response.text(ctx.method() + " " + ctx.scheme()))
            .get("/host", ctx -> Response.text(ctx.host() + " " + ctx.header("Host")))
            .get(
                    "/got/{id}",
                    ctx -> Response.text(ctx.pathParam("id") + " " + ctx.path() + " "
                            + ctx.query().toMap()))
            .get("/headers", ctx -> Response.text(ctx.header("X-A") + " " + ctx.header("x-b")))
            .get("/cookies", ctx -> Response.text(ctx.cookie("a") + " " + ctx.cookie("b")))
            .post(
                    "/body",
                    ctx -> Response.text(
                            ctx.body().contentType() + ": " + ctx.body().text()))
            .post(
                    "/bytes",
                    ctx -> Response.bytes("application/octet-stream", ctx.body().bytes()))
            .post("/form", ctx -> ctx.body().form().toMap())
            .post("/uploads", ctx -> {
                List<Map<String, Object>> uploads = new ArrayList<>();
                for (Upload upload : ctx.body().uploads()) {
                    uploads.add(Map.of(
                            "field", upload.field(),
                            "file", upload.fileName(),
                            "type", String.valueOf(upload.contentType()),
                            "size", upload.sizeBytes(),
                            "memory", upload.inMemory(),
                            "first", upload.stream().read()));
                }
                return Map.of("uploads", uploads, "fields", ctx.body().form().toMap());
            })
            .build());

    @AfterEach
    void stop() {
        app.close();
    }

    @Nested
    class Head_of_the_request {

        @ParameterizedTest
        @EnumSource(value = HttpMethod.class, mode = EnumSource.Mode.EXCLUDE, names = "HEAD")
        void every_method_is_sent(HttpMethod method) {
            assertThat(app.request(method, "/method").send()).hasText(method + " http");
        }

        @Test
        void a_method_that_no_route_can_have_is_sent() {
            assertThat(app.request("PROPFIND", "/method").send()).isProblem(405);
            assertThat(app.request("PROPFIND", "/nowhere").send()).isProblem(404);
        }

        @Test
        void the_target_is_path_and_query_as_a_client_encodes_them() {
            assertThat(app.get("/got/a%20b?q=1&q=c+d")).hasText("a b /got/a%20b {q=[1, c d]}");
            assertThat(app.get("/got/1?")).hasText("1 /got/1 {}");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "got", "http://localhost/got"})
        void a_target_that_is_no_path_is_refused(String target) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> app.get(target))
                    .withMessage("target '" + target + "' (expected: a path, starting with '/')");
        }

        @ParameterizedTest
        @ValueSource(strings = {"/got/a b", "/got/a#b", "/got/a\nb", "/got/a\tb"})
        void a_target_that_no_client_sends_is_refused(String target) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> app.get(target))
                    .withMessage("target '" + target
                            + "' has a character that no client sends. Percent-encode it, a space as %20.");
        }

        @Test
        void header_names_have_no_letter_case() {
            TestResponse response = app.request("GET", "/headers")
                    .header("x-a", "1")
                    .header("X-B", "2")
                    .send();

            assertThat(response).hasText("1 2");
        }

        @Test
        void the_first_of_several_values_counts() {
            TestResponse response = app.request("GET", "/headers")
                    .header("X-A", "1")
                    .header("X-A", "2")
                    .send();

            assertThat(response).hasText("1 null");
        }

        @Test
        void cookies_are_found_in_several_fields() {
            TestResponse response = app.request("GET", "/cookies")
                    .header("Cookie", "a=1")
                    .header("Cookie", "b=2")
                    .send();

            assertThat(response).hasText("1 2");
        }

        @Test
        void the_host_is_localhost_unless_said_otherwise() {
            assertThat(app.get("/host")).hasText("localhost localhost");
            assertThat(app.request("GET", "/host").host("API.example.com:81").send())
                    .hasText("api.example.com API.example.com:81");
            assertThat(app.request("GET", "/host").host("a").header("host", "b").send())
                    .hasText("b b");
        }

        @Test
        void a_host_chooses_its_blueprint() {
            Blueprint api = Blueprint.named("api")
                    .host("api.example.com")
                    .get("/", ctx -> Response.text("api"))
                    .build();
            Blueprint any =
                    Blueprint.named("any").get("/", ctx -> Response.text("any")).build();
            try (TestApp hosts = TestApp.of(api, any)) {
                assertThat(hosts.request("GET", "/").host("api.example.com").send())
                        .hasText("api");
                assertThat(hosts.get("/")).hasText("any");
            }
        }

        @Test
        void says_what_it_is() {
            assertThat(app.request(HttpMethod.GET, "/got/1?secret=2")).hasToString("GET /got/1?secret=2");
        }

        @Test
        void may_be_sent_again() {
            TestRequest request = app.request("POST", "/body").body("text/plain", "again");

            assertThat(request.send()).hasText("text/plain: again");
            assertThat(request.send()).hasText("text/plain: again");
        }
    }

    @Nested
    class Body {

        @Test
        void is_empty_at_first() {
            assertThat(app.request("POST", "/body").send()).hasText("null: ");
        }

        @Test
        void is_json_from_text_or_object() {
            assertThat(app.request("POST", "/body").json("{ \"a\" : 1 }").send())
                    .hasText("application/json: {\"a\":1}");
            assertThat(app.request("POST", "/body").json(List.of(true)).send()).hasText("application/json: [true]");
        }

        @Test
        void is_no_json_if_the_text_is_none() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> app.request("POST", "/body").json("{a"))
                    .withMessage("this is no JSON: {a");
        }

        @Test
        void is_text_in_utf_8() {
            assertThat(app.request("POST", "/body").body("text/plain", "grün").send())
                    .hasText("text/plain: grün");
        }

        @Test
        void is_bytes_that_are_copied() {
            byte[] bytes = {0, -1, 65};
            TestRequest request = app.request("POST", "/bytes").body("application/octet-stream", bytes);
            bytes[2] = 66;

            assertThat(request.send().bytes()).containsExactly(0, -1, 65);
        }

        @Test
        void is_what_was_given_last() {
            TestRequest request = app.request("POST", "/body").json("1").body("text/plain", "last");

            assertThat(request.send()).hasText("text/plain: last");
        }

        @Test
        void has_another_content_type_if_one_is_given() {
            TestRequest request = app.request("POST", "/body").json("1").header("content-type", "application/x");

            assertThat(request.send()).hasText("application/x: 1");
        }

        @Test
        void is_a_form() {
            Map<String, String> fields = new LinkedHashMap<>();
            fields.put("name", "Zoë & K=1");
            fields.put("empty", "");

            assertThat(app.request("POST", "/form").form(fields).send())
                    .hasJson("{\"name\": [\"Zoë & K=1\"], \"empty\": [\"\"]}");
        }

        @Test
        void is_a_multipart_form() {
            TestResponse response = app.request("POST", "/uploads")
                    .part("title", "grün")
                    .part("title", "blau")
                    .part("picture", "a.png", "image/png", new byte[] {7, 8, 9})
                    .part("large", "b.bin", "application/octet-stream", new byte[100_000])
                    .send();

            assertThat(response).hasJson("""
                            {"uploads": [
                              {"field": "picture", "file": "a.png", "type": "image/png", "size": 3, "memory": true,
                               "first": 7},
                              {"field": "large", "file": "b.bin", "type": "application/octet-stream",
                               "size": 100000, "memory": false, "first": 0}],
                             "fields": {"title": ["grün", "blau"]}}
                            """);
        }
    }

    @Nested
    class The_response {

        private TestResponse answer(Response response) {
            try (TestApp one =
                    TestApp.of(Blueprint.named("one").get("/", ctx -> response).build())) {
                return one.get("/");
            }
        }

        @Test
        void has_status_type_length_and_body() {
            TestResponse response = answer(Response.of(201, Map.of("a", 1)));

            assertThat(response.status()).isEqualTo(201);
            assertThat(response.header("content-type")).isEqualTo("application/json");
            assertThat(response.header("Content-Length")).isEqualTo("7");
            assertThat(response.text()).isEqualTo("{\"a\":1}");
            assertThat(response.json().path("a").intValue()).isEqualTo(1);
            assertThat(response).hasToString("201 application/json {\"a\":1}");
        }

        @Test
        void has_all_values_of_a_header() {
            TestResponse response =
                    answer(Response.empty().cookie(Cookie.of("a", "1")).cookie(Cookie.of("b", "2")));

            assertThat(response.headers().all("set-cookie"))
                    .containsExactly("a=1; Path=/; HttpOnly; SameSite=Lax", "b=2; Path=/; HttpOnly; SameSite=Lax");
            assertThat(response.header("Set-Cookie")).isEqualTo("a=1; Path=/; HttpOnly; SameSite=Lax");
            assertThat(response.header("X-None")).isNull();
        }

        @Test
        void has_the_bytes_of_a_stream() {
            TestResponse response = answer(Response.stream("text/plain", out -> {
                out.write("one ".getBytes(StandardCharsets.UTF_8));
                out.flush();
                out.write("two".getBytes(StandardCharsets.UTF_8));
            }));

            assertThat(response).hasText("one two").hasNoHeader("Content-Length");
        }

        @Test
        void has_the_events_of_a_stream() {
            TestResponse response = answer(Response.events(events -> {
                events.send("hello");
                events.send("named", Map.of("a", 1), "7");
            }));

            assertThat(response)
                    .hasContentType("text/event-stream")
                    .hasText("data: hello\n\nid: 7\nevent: named\ndata: {\"a\":1}\n\n");
        }

        @Test
        void has_the_content_of_a_file(@TempDir Path folder) throws IOException {
            Path file = Files.writeString(folder.resolve("page.html"), "<p>");

            assertThat(answer(Response.file(file)))
                    .hasContentType("text/html")
                    .hasHeader("Content-Length", "3")
                    .hasText("<p>");
        }

        @Test
        void has_no_body_for_head_but_its_length() {
            TestResponse response = app.request("HEAD", "/got/1").send();

            assertThat(response)
                    .hasStatus(200)
                    .hasNoBody()
                    .hasHeader("Content-Length", "11")
                    .hasContentType("text/plain");
        }

        @Test
        void hands_out_a_copy_of_its_bytes() {
            TestResponse response = answer(Response.text("abc"));

            response.bytes()[0] = 'x';

            assertThat(response).hasText("abc");
        }

        @Test
        void is_no_json_if_it_is_text() {
            TestResponse response = answer(Response.text("plain"));

            assertThatIllegalArgumentException().isThrownBy(response::json).withMessage("this is no JSON: plain");
        }
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.dispatch;

import static dev.cyanotype.internal.dispatch.InMemoryRequest.get;
import static dev.cyanotype.internal.dispatch.InMemoryRequest.post;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.Assembled;
import dev.cyanotype.exchange.HttpException;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.http.HttpContext;
import dev.cyanotype.http.HttpOptions;
import dev.cyanotype.http.Parameters;
import dev.cyanotype.http.RouteHandler;
import dev.cyanotype.http.Upload;
import dev.cyanotype.spi.RenderedResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormsTest {

    private static final String URL_ENCODED = "application/x-www-form-urlencoded";
    private static final String MULTIPART = "multipart/form-data; boundary=B";

    @TempDir
    private Path folder;

    private Assembled app(RouteHandler handler) {
        HttpOptions options = HttpOptions.builder()
                .maxBodyBytes(1000)
                .maxUploadBytes(5000)
                .maxUploadMemoryBytes(100)
                .maxParts(5)
                .temporaryFolder(folder)
                .build();
        return Assembled.of(
                App.named("a")
                        .error(HttpException.class, (exchange, e) -> String.valueOf(e.getMessage()))
                        .get("/q", handler)
                        .post("/f", handler),
                options);
    }

    @Nested
    class A_query {

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                        a=1             | {"a":["1"]}
                        a=1&a=2&b=3     | {"a":["1","2"],"b":["3"]}
                        b=1&a=2         | {"b":["1"],"a":["2"]}
                        a=              | {"a":[""]}
                        a               | {"a":[""]}
                        =1              | {"":["1"]}
                        a=b=c           | {"a":["b=c"]}
                        &&a=1&&         | {"a":["1"]}
                        a+b=c+d         | {"a b":["c d"]}
                        a%20b=c%2Bd     | {"a b":["c+d"]}
                        a=%26%3D        | {"a":["&="]}
                        %C3%A9=%F0%9F%98%80 | {"é":["😀"]}
                        a=é             | {"a":["é"]}
                        a;b=1           | {"a;b":["1"]}
                        A=1&a=2         | {"A":["1"],"a":["2"]}
                        """)
        void is_decoded(String query, String parameters) {
            assertThat(app(ctx -> ctx.query().toMap()).get("/q?" + query).text())
                    .isEqualTo(parameters);
        }

        @ParameterizedTest
        @ValueSource(strings = {"/q", "/q?", "/q?&", "/q?&&&"})
        void may_be_empty(String target) {
            assertThat(app(ctx -> ctx.query().toMap()).get(target).text()).isEqualTo("{}");
        }

        @Test
        void gives_the_first_of_several_values() {
            assertThat(app(ctx -> List.of(
                                    String.valueOf(ctx.queryParam("a")),
                                    String.valueOf(ctx.queryParam("c")),
                                    ctx.query().all("a"),
                                    ctx.query().all("c"),
                                    ctx.query().names()))
                            .get("/q?a=1&a=2&b=3")
                            .text())
                    .isEqualTo("[\"1\",\"null\",[\"1\",\"2\"],[],[\"a\",\"b\"]]");
        }

        @ParameterizedTest
        @ValueSource(strings = {"a=%", "a=%4", "%zz=1", "a=1&b=%g0"})
        void with_a_bad_escape_is_refused(String query) {
            assertThat(app(ctx -> ctx.query().toMap()).get("/q?" + query))
                    .hasToString("400 \"the query has a bad percent-escape (expected: % and two hex digits)\"");
        }

        @ParameterizedTest
        @ValueSource(strings = {"a=%ff", "a=%c0%af", "%C3=1"})
        void that_is_not_utf_8_is_refused(String query) {
            assertThat(app(ctx -> ctx.query().toMap()).get("/q?" + query))
                    .hasToString("400 \"the query has escapes that are not UTF-8\"");
        }

        @Test
        void that_is_bad_hurts_nobody_who_does_not_ask_for_it() {
            assertThat(app(ctx -> "x").get("/q?a=%")).hasToString("200 \"x\"");
        }

        @Test
        void is_a_value() {
            Parameters parameters = Parameters.of(Map.of("secret", List.of("value")));

            assertThat(parameters).hasToString("Parameters[secret]");
            assertThat(Parameters.of(Map.of())).isSameAs(Parameters.empty());
        }
    }

    @Nested
    class A_url_encoded_form {

        @Test
        void is_decoded() {
            Answer answer = app(ctx -> ctx.body().form().toMap())
                    .send(post("/f").body(URL_ENCODED + "; charset=UTF-8", "a=1&b=x+y&a=%C3%A9"));

            assertThat(answer).hasToString("200 {\"a\":[\"1\",\"é\"],\"b\":[\"x y\"]}");
        }

        @Test
        void may_be_empty_and_asked_for_twice() {
            RouteHandler twice = ctx -> List.of(
                    ctx.body().form().toMap(),
                    ctx.body().form().toMap(),
                    ctx.body().text());

            assertThat(app(twice).send(post("/f").body(URL_ENCODED, ""))).hasToString("200 [{},{},\"\"]");
            assertThat(app(twice).send(post("/f").body(URL_ENCODED, "a=1")))
                    .hasToString("200 [{\"a\":[\"1\"]},{\"a\":[\"1\"]},\"a=1\"]");
        }

        @Test
        void with_a_bad_escape_is_refused() {
            assertThat(app(ctx -> ctx.body().form().toMap()).send(post("/f").body(URL_ENCODED, "a=%")))
                    .hasToString("400 \"the form has a bad percent-escape (expected: % and two hex digits)\"");
        }

        @Test
        void that_is_too_large_is_refused() {
            RouteHandler form = ctx -> ctx.body().form().toMap();
            String text = "a=" + "x".repeat(1000);

            assertThat(app(form).send(post("/f").body(URL_ENCODED, text)))
                    .hasToString("413 \"the body is larger than 1000 bytes\"");
            assertThat(app(form).send(post("/f").body(URL_ENCODED, text).unannounced()))
                    .hasToString("413 \"the body is larger than 1000 bytes\"");
        }

        @Test
        void of_very_many_fields_is_refused() {
            Assembled app = Assembled.of(App.named("a")
                    .error(HttpException.class, (exchange, e) -> e.getMessage())
                    .post("/f", ctx -> ctx.body().form().names().size()));

            assertThat(app.send(post("/f").body(URL_ENCODED, "a&".repeat(10_000))))
                    .hasToString("200 1");
            assertThat(app.send(post("/f").body(URL_ENCODED, "a&".repeat(10_001))))
                    .hasToString("400 \"the form has more than 10000 parameters\"");
        }

        @Test
        void has_no_files() {
            assertThat(app(ctx -> ctx.body().uploads()).send(post("/f").body(URL_ENCODED, "a=1")))
                    .hasToString("415 \"the body has no files (expected: multipart/form-data)\"");
        }

        @ParameterizedTest
        @ValueSource(strings = {"application/json", "text/plain", "", "multipart/mixed; boundary=B"})
        void is_not_read_from_another_type(String contentType) {
            assertThat(app(ctx -> ctx.body().form().toMap()).send(post("/f").body(contentType, "a=1")))
                    .hasToString("415 \"the body is no form (expected: application/x-www-form-urlencoded or"
                            + " multipart/form-data)\"");
        }
    }

    @Nested
    class A_multipart_form {

        @Test
        void has_fields_and_files() {
            RouteHandler all = ctx -> List.of(
                    ctx.body().form().toMap(),
                    ctx.body().uploads().stream().map(FormsTest::describe).toList());
            byte[] form = new Form()
                    .field("name", "Ada é")
                    .file("photo", "me.png", "image/png", "PNG")
                    .field("name", "Bob")
                    .file("photo", "you.txt", null, "")
                    .bytes();

            assertThat(app(all).send(post("/f").body(MULTIPART, form)).text())
                    .isEqualTo("[{\"name\":[\"Ada é\",\"Bob\"]},"
                            + "[\"photo me.png image/png 3 PNG\",\"photo you.txt null 0 \"]]");
        }

        @Test
        void may_be_of_unannounced_length_and_asked_for_twice() {
            RouteHandler twice = ctx -> List.of(
                    ctx.body().uploads().size(),
                    ctx.body().form().toMap(),
                    ctx.body().uploads().size());
            byte[] form = new Form().field("a", "1").file("f", "x", null, "y").bytes();

            assertThat(app(twice).send(post("/f").body(MULTIPART, form).unannounced()))
                    .hasToString("200 [1,{\"a\":[\"1\"]},1]");
        }

        @ParameterizedTest
        @CsvSource({
            "../../etc/passwd,passwd",
            "C:\\\\Users\\\\ada\\\\x.txt,x.txt",
            "/x.txt,x.txt",
            "..,..",
            "a/,''",
            "'',''",
            "ü.txt,ü.txt"
        })
        void gives_the_last_part_of_a_file_name(String sent, String name) {
            byte[] form = new Form().file("f", sent, null, "y").bytes();

            assertThat(app(ctx -> ctx.body().uploads().get(0).fileName())
                            .send(post("/f").body(MULTIPART, form))
                            .text())
                    .isEqualTo("\"" + name + "\"");
        }

        @Test
        void decodes_a_field_with_its_own_charset() {
            byte[] form = ("--B\r\nContent-Disposition: form-data; name=\"a\"\r\n"
                            + "Content-Type: text/plain; charset=iso-8859-1\r\n\r\né\r\n--B--\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1);

            assertThat(app(ctx -> ctx.body().form().first("a")).send(post("/f").body(MULTIPART, form)))
                    .hasToString("200 \"é\"");
        }

        @Test
        void may_be_empty() {
            assertThat(app(ctx -> ctx.body().form().toMap()).send(post("/f").body(MULTIPART, "--B--\r\n")))
                    .hasToString("200 {}");
        }

        @Test
        void can_not_be_read_otherwise_too() {
            Assembled app = Assembled.of(App.named("a")
                    .error(IllegalStateException.class, (exchange, e) -> e.getMessage())
                    .post("/f", ctx -> {
                        ctx.body().form();
                        return ctx.body().text();
                    }));

            assertThat(app.send(post("/f")
                            .body(MULTIPART, new Form().field("a", "1").bytes())))
                    .hasToString("500 \"the body was read already, as a stream or as a form. Read it once.\"");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "x",
                    "--B",
                    "--C\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--C--\r\n",
                    "--B\r\nContent-Disposition: form-data\r\n\r\nx\r\n--B--\r\n"
                })
        void has_no_fields_where_its_boundary_or_their_names_are_missing(String form) {
            assertThat(app(ctx -> ctx.body().form().toMap()).send(post("/f").body(MULTIPART, form)))
                    .hasToString("200 {}");
        }
    }

    @Nested
    class A_large_file {

        @Test
        void is_in_a_temporary_file_until_the_request_ends() throws Exception {
            List<String> seen = new ArrayList<>();
            RouteHandler handler = ctx -> {
                Upload small = ctx.body().uploads().get(0);
                Upload large = ctx.body().uploads().get(1);
                seen.add(small.inMemory() + " " + large.inMemory() + " " + files().size());
                return large.sizeBytes() + " " + content(large).length() + " "
                        + content(large).length();
            };
            byte[] form = new Form()
                    .file("a", "small", null, "x".repeat(100))
                    .file("b", "large", null, "x".repeat(101))
                    .bytes();

            assertThat(app(handler).send(post("/f").body(MULTIPART, form))).hasToString("200 \"101 101 101\"");
            assertThat(seen).containsExactly("true false 1");
            assertThat(files()).isEmpty();
        }

        @Test
        void can_be_kept_elsewhere() throws Exception {
            Path target = folder.resolve("kept");
            List<String> failures = new ArrayList<>();
            RouteHandler handler = ctx -> {
                Upload upload = ctx.body().uploads().get(0);
                upload.saveTo(target);
                try {
                    upload.saveTo(target);
                } catch (FileAlreadyExistsException e) {
                    failures.add("exists");
                }
                return "saved";
            };
            byte[] form = new Form().file("b", "large", null, "x".repeat(2000)).bytes();

            assertThat(app(handler).send(post("/f").body(MULTIPART, form)).status())
                    .isEqualTo(200);
            assertThat(failures).containsExactly("exists");
            assertThat(files()).containsExactly(target);
            assertThat(Files.size(target)).isEqualTo(2000);
        }

        @Test
        void is_gone_after_an_error_too() throws Exception {
            RouteHandler handler = ctx -> {
                ctx.body().uploads();
                assertThat(files()).hasSize(1);
                throw new HttpException(409, "no");
            };
            byte[] form = new Form().file("b", "large", null, "x".repeat(2000)).bytes();

            assertThat(app(handler).send(post("/f").body(MULTIPART, form))).hasToString("409 \"no\"");
            assertThat(files()).isEmpty();
        }

        @Test
        void is_there_for_a_teardown_and_for_a_streamed_answer() throws Exception {
            List<Integer> atTeardown = new ArrayList<>();
            Assembled app = Assembled.of(
                    App.named("a")
                            .teardown((ctx, unhandled) -> atTeardown.add(files().size()))
                            .post("/f", ctx -> {
                                Upload upload = ctx.body().uploads().get(0);
                                return Response.stream("x/y", out -> {
                                    try (InputStream in = upload.stream()) {
                                        in.transferTo(out);
                                    }
                                });
                            }),
                    HttpOptions.builder()
                            .maxUploadMemoryBytes(0)
                            .temporaryFolder(folder)
                            .build());
            byte[] form = new Form().file("b", "large", null, "content").bytes();

            RenderedResponse response = app.rendered(post("/f").body(MULTIPART, form));
            assertThat(files()).hasSize(1);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            response.stream().writeTo(out);
            response.close();

            assertThat(out).hasToString("content");
            assertThat(atTeardown).containsExactly(1);
            assertThat(files()).isEmpty();
        }

        @Test
        void that_is_too_large_is_refused_and_leaves_nothing() throws Exception {
            byte[] form = new Form()
                    .file("a", "a", null, "x".repeat(3000))
                    .file("b", "b", null, "x".repeat(3000))
                    .bytes();
            RouteHandler handler = ctx -> ctx.body().uploads().size();

            assertThat(app(handler).send(post("/f").body(MULTIPART, form)))
                    .hasToString("413 \"the body is larger than 5000 bytes\"");
            assertThat(app(handler).send(post("/f").body(MULTIPART, form).unannounced()))
                    .hasToString("413 \"the body is larger than 5000 bytes\"");
            assertThat(files()).isEmpty();
        }
    }

    @Nested
    class A_multipart_form_is_refused {

        @Test
        void if_its_fields_are_too_large() {
            byte[] form = new Form()
                    .field("a", "x".repeat(600))
                    .field("b", "x".repeat(600))
                    .bytes();

            assertThat(send(form)).hasToString("413 \"the fields of the form are larger than 1000 bytes\"");
        }

        @Test
        void if_it_has_too_many_parts() {
            Form form = new Form();
            for (int i = 0; i < 5; i++) {
                form.field("a" + i, "x");
            }

            assertThat(send(form.bytes()).status()).isEqualTo(200);
            assertThat(send(form.field("b", "x").bytes())).hasToString("413 \"the form has more than 5 parts\"");
        }

        @ParameterizedTest
        @ValueSource(strings = {"multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; x=y"})
        void if_its_type_names_no_boundary(String contentType) {
            Answer answer = app(ctx -> ctx.body().form().toMap())
                    .send(post("/f")
                            .body(contentType, new Form().field("a", "1").bytes()));

            assertThat(answer).hasToString("400 \"the form is malformed (expected: multipart/form-data)\"");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "--B\r\n",
                    "--B\r\nContent-Disposition: form-data; name=\"a\"",
                    "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx",
                    "--B\r\nContent-Disposition: form-data; name=\"a\"; filename=\"f\"\r\n\r\nx"
                })
        void if_it_ends_too_early(String form) {
            assertThat(send(form.getBytes(StandardCharsets.UTF_8)))
                    .hasToString("400 \"the form is malformed (expected: multipart/form-data)\"");
        }

        @Test
        void and_leaves_no_temporary_file() throws Exception {
            String text =
                    new String(new Form().file("f", "f", null, "x".repeat(3000)).bytes(), StandardCharsets.UTF_8);

            assertThat(send(text.substring(0, 2000).getBytes(StandardCharsets.UTF_8))
                            .status())
                    .isEqualTo(400);
            assertThat(files()).isEmpty();
        }

        private Answer send(byte[] form) {
            return app(ctx -> ctx.body().form().toMap()).send(post("/f").body(MULTIPART, form));
        }

        @Test
        void if_its_fields_are_too_large_in_bytes() {
            Assembled app = Assembled.of(
                    App.named("a")
                            .error(HttpException.class, (exchange, e) -> String.valueOf(e.getMessage()))
                            .post("/f", ctx -> ctx.body().form().names().size()),
                    HttpOptions.builder().maxBodyBytes(1000).build());
            String part = "--B\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n";
            String form = part.formatted("a", "€".repeat(300)) + part.formatted("b", "€".repeat(200)) + "--B--\r\n";

            assertThat(app.send(post("/f").body("multipart/form-data; boundary=B", form)))
                    .hasToString("413 \"the fields of the form are larger than 1000 bytes\"");
        }

        @Test
        void if_a_file_has_an_impossible_name() {
            assertThat(send(new Form().file("f", "a\0b", null, "x").bytes()))
                    .hasToString("400 \"a file of the form has an impossible name\"");
        }
    }

    @Test
    void a_request_without_a_body_has_no_form() {
        assertThat(app((HttpContext ctx) -> ctx.body().form().toMap())
                        .send(get("/q"))
                        .status())
                .isEqualTo(415);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.toList();
        }
    }

    private static String describe(Upload upload) {
        try {
            return upload.field() + " " + upload.fileName() + " " + upload.contentType() + " " + upload.sizeBytes()
                    + " " + content(upload);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String content(Upload upload) throws IOException {
        try (InputStream in = upload.stream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Writes multipart forms with the boundary B. */
    private static final class Form {

        private final StringBuilder text = new StringBuilder();

        Form field(String name, String value) {
            text.append("--B\r\nContent-Disposition: form-data; name=\"")
                    .append(name)
                    .append("\"\r\n\r\n")
                    .append(value)
                    .append("\r\n");
            return this;
        }

        Form file(String name, String fileName, @Nullable String contentType, String content) {
            text.append("--B\r\nContent-Disposition: form-data; name=\"")
                    .append(name)
                    .append("\"; filename=\"")
                    .append(fileName)
                    .append("\"\r\n");
            if (contentType != null) {
                text.append("Content-Type: ").append(contentType).append("\r\n");
            }
            text.append("\r\n").append(content).append("\r\n");
            return this;
        }

        byte[] bytes() {
            return (text + "--B--\r\n").getBytes(StandardCharsets.UTF_8);
        }
    }
}

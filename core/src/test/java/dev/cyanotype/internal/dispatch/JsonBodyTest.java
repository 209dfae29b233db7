/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.dispatch;

import static dev.cyanotype.internal.dispatch.InMemoryRequest.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyanotype.App;
import dev.cyanotype.Assembled;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.HttpException;
import dev.cyanotype.exchange.PayloadTooLargeException;
import dev.cyanotype.http.HttpOptions;
import dev.cyanotype.json.JsonOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBodyTest {

    record Address(String street, int number) {}

    record NewUser(String name, int age, List<Address> addresses) {}

    private static final HttpOptions SMALL =
            HttpOptions.builder().maxBodyBytes(100).maxUploadBytes(200).build();

    private final Assembled app = app(SMALL, JsonOptions.builder().build());

    private static Assembled app(HttpOptions http, JsonOptions json) {
        return Assembled.of(
                App.named("shop")
                        .error(HttpException.class, (exchange, e) -> Map.of("message", String.valueOf(e.getMessage())))
                        .register(Blueprint.named("a")
                                .post("/typed", NewUser.class, (user, ctx) -> user)
                                .put("/typed", NewUser.class, (user, ctx) -> user)
                                .patch("/typed", NewUser.class, (user, ctx) -> user)
                                .delete("/typed", NewUser.class, (user, ctx) -> user)
                                .post("/map", Map.class, (map, ctx) -> map)
                                .post("/tree", ctx -> ctx.body().json())
                                .post("/bytes", ctx -> ctx.body().bytes().length)
                                .post("/text", ctx -> ctx.body().text())
                                .post(
                                        "/twice",
                                        ctx -> List.of(
                                                ctx.body(Map.class),
                                                ctx.body().text(),
                                                ctx.body().json()))
                                .post("/type", ctx -> ctx.body().contentType())
                                .post("/stream", ctx -> {
                                    try (InputStream in = ctx.body().stream()) {
                                        return in.readAllBytes().length;
                                    }
                                })
                                .build()),
                http,
                json);
    }

    @Nested
    class A_good_body {

        @ParameterizedTest
        @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE"})
        void is_decoded_for_every_method_that_has_one(String method) {
            assertThat(app.send(InMemoryRequest.of(method, "/typed").json("{\"name\":\"Ada\",\"age\":36}")))
                    .hasToString("200 {\"name\":\"Ada\",\"age\":36,\"addresses\":null}");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "application/json",
                    "application/json; charset=utf-8",
                    "Application/JSON",
                    " application/json ",
                    "application/vnd.api+json",
                    "application/merge-patch+json; charset=UTF-8"
                })
        void may_be_of_any_type_of_json(String contentType) {
            assertThat(app.send(post("/map").body(contentType, "{\"a\":1}"))).hasToString("200 {\"a\":1}");
        }

        @Test
        void may_be_of_unannounced_length() {
            assertThat(app.send(post("/map").json("{\"a\":1}").unannounced())).hasToString("200 {\"a\":1}");
        }

        @Test
        void may_be_read_again_and_in_other_forms() {
            assertThat(app.send(post("/twice").json("{\"a\":1}")))
                    .hasToString("200 [{\"a\":1},\"{\\\"a\\\":1}\",{\"a\":1}]");
        }

        @Test
        void may_be_any_json_where_a_tree_is_read() {
            assertThat(app.send(post("/tree").json("[1,null,\"é\"]"))).hasToString("200 [1,null,\"é\"]");
        }

        @Test
        void may_have_members_that_nobody_asks_for() {
            assertThat(app.send(post("/typed").json("{\"name\":\"A\",\"more\":1}"))
                            .status())
                    .isEqualTo(200);
        }
    }

    @Nested
    class A_bad_body {

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                        {"name":               | the body is malformed JSON at line 1, column 9
                        {name:1}               | the body is malformed JSON at line 1, column 2
                        {"name":"A"} x         | the body is malformed JSON at line 1, column 14
                        nul                    | the body is malformed JSON at line 1, column 1
                        <xml/>                 | the body is malformed JSON at line 1, column 1
                        []                     | the body does not have the expected form at line 1, column 1
                        "x"                    | the body does not have the expected form at line 1, column 1
                        {"name":{}}            | the body does not have the expected form: see 'name' at line 1, column 9
                        {"age":"old"}          | the body does not have the expected form: see 'age' at line 1, column 8
                        {"age":1.5e999}        | the body does not have the expected form: see 'age' at line 1, column 15
                        {"age":99999999999}    | the body does not have the expected form: see 'age' at line 1, column 19
                        {"addresses":[{"number":1},{"number":"x"}]} | the body does not have the expected form: see 'addresses.[1].number' at line 1, column 38
                        null                   | the body is null
                        """)
        void is_refused_with_the_place_but_without_the_content(String body, String message) {
            Answer answer = app.send(post("/typed").json(body));

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.text()).isEqualTo("{\"message\":\"" + message + "\"}");
        }

        @Test
        void that_is_empty_is_refused() {
            assertThat(app.send(post("/typed").json("")))
                    .hasToString("400 {\"message\":\"the body is empty (expected: JSON)\"}");
            assertThat(app.send(post("/typed").json("").unannounced()))
                    .hasToString("400 {\"message\":\"the body is empty (expected: JSON)\"}");
        }

        @Test
        void that_is_not_utf_8_is_refused() {
            Answer answer = app.send(
                    post("/map").body("application/json", new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'}));

            assertThat(answer.status()).isEqualTo(400);
        }

        @Test
        void without_a_content_type_is_refused() {
            Answer answer = app.send(post("/typed").body("{}".getBytes(StandardCharsets.UTF_8)));

            assertThat(answer)
                    .hasToString("415 {\"message\":\"the body has no content type (expected: application/json)\"}");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "text/plain",
                    "text/json",
                    "application/x-www-form-urlencoded",
                    "multipart/form-data; boundary=x",
                    "application/jsonp",
                    "json",
                    "",
                    "application/xml;x=application/json"
                })
        void of_another_content_type_is_refused(String contentType) {
            Answer answer = app.send(post("/typed").body(contentType, "{}"));

            assertThat(answer)
                    .hasToString("415 {\"message\":\"the content type of the body is not supported here"
                            + " (expected: application/json)\"}");
        }

        @Test
        void that_ends_before_its_announced_length_is_refused() {
            assertThat(app.send(post("/map").json("{\"a\":1}").announced(50)))
                    .hasToString("400 {\"message\":\"the body could not be read to its end\"}");
        }

        @Test
        void that_can_not_be_read_is_refused() {
            InputStream broken = new InputStream() {
                @Override
                public int read() throws IOException {
                    throw new IOException("reset by peer");
                }
            };

            assertThat(app.send(post("/bytes").body(broken)))
                    .hasToString("400 {\"message\":\"the body could not be read to its end\"}");
        }
    }

    @Nested
    class A_large_body {

        private static final String TOO_LARGE = "413 {\"message\":\"the body is larger than 100 bytes\"}";

        @ParameterizedTest
        @CsvSource({"99,200", "100,200", "101,413", "100000,413"})
        void is_refused_from_the_limit_on_whether_announced_or_not(int size, int status) {
            byte[] bytes = new byte[size];

            assertThat(app.send(post("/bytes").body("x/y", bytes)).status()).isEqualTo(status);
            assertThat(app.send(post("/bytes").body("x/y", bytes).unannounced()).status())
                    .isEqualTo(status);
        }

        @Test
        void is_refused_with_the_limit() {
            assertThat(app.send(post("/map").json(" ".repeat(101)))).hasToString(TOO_LARGE);
            assertThat(app.send(post("/map").json(" ".repeat(101)).unannounced()))
                    .hasToString(TOO_LARGE);
            assertThat(app.send(post("/text").body("text/plain", "x".repeat(101))))
                    .hasToString(TOO_LARGE);
        }

        @Test
        void is_refused_unread_where_it_was_announced() {
            InputStream unread = new InputStream() {
                @Override
                public int read() {
                    throw new AssertionError("must not be read");
                }
            };

            assertThat(app.send(post("/bytes").body(unread).announced(101))).hasToString(TOO_LARGE);
            assertThat(app.send(post("/bytes").body(unread).announced(Long.MAX_VALUE)))
                    .hasToString(TOO_LARGE);
        }

        @Test
        void is_refused_at_the_limit_where_it_never_ends() {
            InputStream endless = new InputStream() {
                @Override
                public int read() {
                    return 'x';
                }
            };

            assertThat(app.send(post("/bytes").body(endless))).hasToString(TOO_LARGE);
        }

        @Test
        void may_be_streamed_up_to_another_limit() {
            assertThat(app.send(post("/stream").body("x/y", new byte[200]))).hasToString("200 200");
            assertThat(app.send(post("/stream").body("x/y", new byte[201])))
                    .hasToString("413 {\"message\":\"the body is larger than 200 bytes\"}");
        }

        @Test
        void streamed_past_the_limit_is_refused_also_where_it_was_not_announced() {
            Assembled app = Assembled.of(
                    App.named("a").post("/stream", ctx -> {
                        try (InputStream in = ctx.body().stream()) {
                            return in.readAllBytes().length;
                        }
                    }),
                    SMALL);

            assertThat(app.send(post("/stream").body("x/y", new byte[200]).unannounced()))
                    .hasToString("200 200");
            Answer answer = app.send(post("/stream").body("x/y", new byte[201]).unannounced());
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.text()).contains("the body is larger than 200 bytes");
        }

        @Test
        void streamed_fails_with_the_exception_it_promises() {
            Assembled app = Assembled.of(
                    App.named("a").post("/stream", ctx -> {
                        InputStream in = ctx.body().stream();
                        assertThatThrownBy(in::readAllBytes).isInstanceOf(PayloadTooLargeException.class);
                        return "checked";
                    }),
                    SMALL);

            assertThat(app.send(post("/stream").body("x/y", new byte[201]).unannounced()))
                    .hasToString("200 \"checked\"");
        }
    }

    @Nested
    class Limits_of_json {

        private final Assembled strict = app(
                HttpOptions.builder().build(),
                JsonOptions.builder()
                        .maxDepth(5)
                        .maxStringLength(10)
                        .maxDocumentBytes(1000)
                        .build());

        private static final String BEYOND =
                "400 {\"message\":\"the body goes beyond the limits for JSON: too deep, or too long a string\"}";

        @Test
        void are_met_by_a_small_document() {
            assertThat(strict.send(post("/tree").json("[[[[[\"0123456789\"]]]]]"))
                            .status())
                    .isEqualTo(200);
        }

        @Test
        void end_a_document_that_is_too_deep() {
            assertThat(strict.send(post("/tree").json("[[[[[[1]]]]]]"))).hasToString(BEYOND);
            assertThat(strict.send(post("/tree").json("[".repeat(900)))).hasToString(BEYOND);
        }

        @Test
        void end_a_text_or_a_name_that_is_too_long() {
            assertThat(strict.send(post("/tree").json("\"" + "x".repeat(500) + "\"")))
                    .hasToString(BEYOND);
            assertThat(strict.send(post("/tree").json("{\"" + "x".repeat(500) + "\":1}")))
                    .hasToString(BEYOND);
        }

        @Test
        void end_a_document_that_is_too_large() {
            assertThat(strict.send(post("/tree").json("[" + " ".repeat(1000) + "]")))
                    .hasToString("413 {\"message\":\"the JSON document is larger than 1000 bytes\"}");
        }

        @Test
        void hold_by_default() {
            Assembled byDefault =
                    app(HttpOptions.builder().build(), JsonOptions.builder().build());

            assertThat(byDefault
                            .send(post("/tree").json("[".repeat(100) + "]".repeat(100)))
                            .status())
                    .isEqualTo(200);
            assertThat(byDefault.send(post("/tree").json("[".repeat(101) + "]".repeat(101))))
                    .hasToString(BEYOND);
        }
    }

    @Nested
    class As_text {

        @ParameterizedTest
        @CsvSource({
            "text/plain; charset=utf-8,UTF-8",
            "text/plain,UTF-8",
            "text/plain; charset=iso-8859-1,ISO-8859-1",
            "text/plain;charset=\"ISO-8859-1\",ISO-8859-1",
            "text/plain; CharSet=utf-16be,UTF-16BE"
        })
        void it_is_decoded_with_its_charset(String contentType, String charset) throws Exception {
            assertThat(app.send(post("/text").body(contentType, "é!".getBytes(charset)))
                            .text())
                    .isEqualTo("\"é!\"");
        }

        @ParameterizedTest
        @ValueSource(strings = {"text/plain; charset=nope", "text/plain; charset=''", "text/plain; charset=\u00e9"})
        void it_is_refused_with_an_unknown_charset(String contentType) {
            assertThat(app.send(post("/text").body(contentType, "x")))
                    .hasToString("415 {\"message\":\"the charset of the body is unknown (expected: utf-8)\"}");
        }

        @Test
        void it_is_empty_where_there_is_no_body() {
            assertThat(app.send(post("/text"))).hasToString("200 \"\"");
            assertThat(app.send(post("/bytes"))).hasToString("200 0");
        }

        @Test
        void its_type_is_as_the_client_named_it() {
            assertThat(app.send(post("/type").body("Text/X ; a=b", "x"))).hasToString("200 \"Text/X ; a=b\"");
            assertThat(app.send(post("/type"))).hasToString("204 ");
        }
    }

    @Nested
    class As_a_stream {

        @Test
        void it_is_read_once() {
            Assembled reading = Assembled.of(App.named("a")
                    .error(IllegalStateException.class, (exchange, e) -> e.getMessage())
                    .post("/stream-bytes", ctx -> {
                        ctx.body().stream();
                        return ctx.body().bytes();
                    })
                    .post("/stream-stream", ctx -> {
                        ctx.body().stream();
                        return ctx.body().stream();
                    }));
            String message = "500 \"the body was read already, as a stream or as a form. Read it once.\"";

            assertThat(reading.send(post("/stream-bytes").json("{}"))).hasToString(message);
            assertThat(reading.send(post("/stream-stream").json("{}"))).hasToString(message);
        }

        @Test
        void it_comes_as_it_arrives() {
            boolean[] asked = {false};
            InputStream body = new ByteArrayInputStream(new byte[] {1, 2, 3}) {
                @Override
                public synchronized int read(byte[] target, int offset, int length) {
                    asked[0] = true;
                    return super.read(target, offset, length);
                }
            };
            Assembled reading = Assembled.of(App.named("a").post("/x", ctx -> {
                InputStream in = ctx.body().stream();
                assertThat(asked[0]).isFalse();
                return in.readAllBytes().length;
            }));

            assertThat(reading.send(post("/x").body(body))).hasToString("200 3");
        }

        @Test
        void it_counts_what_is_read_and_what_is_skipped() {
            Assembled reading = Assembled.of(
                    App.named("a").post("/x", ctx -> {
                        InputStream in = ctx.body().stream();
                        assertThat(in.markSupported()).isFalse();
                        assertThat(in.read()).isEqualTo('a');
                        assertThat(in.skip(2)).isEqualTo(2);
                        assertThat(in.read(new byte[0])).isZero();
                        assertThat(in.read()).isEqualTo('d');
                        assertThat(in.read()).isEqualTo(-1);
                        assertThat(in.read(new byte[5])).isEqualTo(-1);
                        return "read";
                    }),
                    HttpOptions.builder().maxUploadBytes(4).build());

            assertThat(reading.send(post("/x").body("x/y", "abcd").unannounced()))
                    .hasToString("200 \"read\"");
        }

        @Test
        void it_does_not_let_a_skip_pass_the_limit() {
            Assembled skipping = Assembled.of(
                    App.named("a").post("/x", ctx -> ctx.body().stream().skip(10)),
                    HttpOptions.builder().maxUploadBytes(4).build());

            assertThat(skipping.send(post("/x").body("x/y", "abcdefghij").unannounced())
                            .status())
                    .isEqualTo(413);
        }
    }
}

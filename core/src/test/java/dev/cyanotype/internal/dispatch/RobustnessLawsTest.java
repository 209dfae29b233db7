/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.Assembled;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.http.HttpContext;
import dev.cyanotype.http.HttpOptions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/** Whatever a client sends is the client's fault: it is answered, and never with 500. */
class RobustnessLawsTest {

    private final Assembled app = Assembled.of(
            App.named("shop")
                    .before(RobustnessLawsTest::readsAll)
                    .get("/", ctx -> "root")
                    .get("/{a:int}", ctx -> ctx.pathParam("a", Integer.class))
                    .get("/{a}/{b}", ctx -> ctx.pathParams())
                    .get("/{a}/x/{rest*}", ctx -> ctx.pathParams())
                    .register(Blueprint.named("hosted")
                            .host("a.test")
                            .get("/{a}", ctx -> ctx.host())
                            .build())
                    .post("/json", ctx -> ctx.body().json())
                    .post("/text", ctx -> ctx.body().text())
                    .post("/form", ctx -> ctx.body().form().toMap())
                    .post("/files", ctx -> ctx.body().uploads().size()),
            HttpOptions.builder()
                    .maxBodyBytes(200)
                    .maxUploadBytes(400)
                    .maxParts(3)
                    .build());

    private static @Nullable Response readsAll(HttpContext ctx) {
        ctx.cookie("a");
        ctx.query();
        return null;
    }

    @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
    void any_target_is_answered(
            @ForAll("methods") String method, @ForAll("targets") String target, @ForAll("fields") List<String> fields) {
        InMemoryRequest request = InMemoryRequest.of(method, target);
        for (String field : fields) {
            request.header("Host", field).header("Cookie", field).header("X-Request-Id", field);
        }

        Answer answer = app.send(request);

        assertThat(answer.status()).as(method + " " + target).isIn(200, 204, 400, 404, 405, 415);
    }

    @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
    void any_body_is_answered(
            @ForAll("routes") String path,
            @ForAll("types") String type,
            @ForAll("bodies") byte[] body,
            @ForAll boolean announced) {
        InMemoryRequest request = InMemoryRequest.post(path).body(type, body);

        Answer answer = app.send(announced ? request : request.unannounced());

        assertThat(answer.status()).as(path + " " + type).isIn(200, 400, 413, 415);
    }

    @Provide
    Arbitrary<String> methods() {
        return Arbitraries.of("GET", "HEAD", "POST", "OPTIONS", "BREW", "get", "");
    }

    @Provide
    Arbitrary<String> targets() {
        return pieces(
                        "/", "/", "/", "a", "1", "..", ".", ";", "%", "%2", "%2F", "%00", "%C3%A9", "%ff", "é", "\\",
                        "+", " ", "?", "&", "=", "x", "json", "{a}", "*", "\uD800")
                .map(text -> "/" + text);
    }

    @Provide
    Arbitrary<List<String>> fields() {
        return pieces("a", "=", ";", ":", "[", "]", "a.test", ".", " ", "\"", ",", "\u0000", "\n", "é", "80", "@")
                .list()
                .ofMaxSize(2);
    }

    @Provide
    Arbitrary<String> routes() {
        return Arbitraries.of("/json", "/text", "/form", "/files");
    }

    @Provide
    Arbitrary<String> types() {
        return Arbitraries.frequencyOf(
                Tuple.of(
                        4,
                        Arbitraries.of(
                                "application/json",
                                "application/x-www-form-urlencoded",
                                "multipart/form-data; boundary=B",
                                "text/plain; charset=utf-16")),
                Tuple.of(
                        1,
                        pieces(
                                "application/json",
                                "multipart/form-data",
                                ";",
                                " ",
                                "charset",
                                "boundary",
                                "=",
                                "\"",
                                "B",
                                "x")));
    }

    @Provide
    Arbitrary<byte[]> bodies() {
        Arbitrary<byte[]> json = pieces(
                        "{", "}", "[", "]", "\"a\"", ":", ",", "1", "1e999", "null", "\\u00", "\"", " ", "-")
                .map(RobustnessLawsTest::utf8);
        Arbitrary<byte[]> form =
                pieces("a", "=", "&", "%", "%41", "%ff", "+", "é").map(RobustnessLawsTest::utf8);
        Arbitrary<byte[]> multipart = pieces(
                        "--B",
                        "--B",
                        "--",
                        "\r\n",
                        "\r\n",
                        "\r\n\r\n",
                        "Content-Disposition: form-data",
                        "; name=\"a\"",
                        "; name=\"b\"; filename=\"c\"",
                        "; filename=\"\u0000/\"",
                        "Content-Type: text/plain; charset=x",
                        "content",
                        "\n")
                .map(RobustnessLawsTest::utf8);
        Arbitrary<byte[]> any = Arbitraries.bytes().array(byte[].class).ofMaxSize(60);
        return Arbitraries.oneOf(json, form, multipart, any);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Arbitrary<String> pieces(String... pieces) {
        return Arbitraries.of(pieces).list().ofMaxSize(14).map(list -> String.join("", list));
    }
}

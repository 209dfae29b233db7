/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.exchange.Headers;
import dev.cyanotype.internal.testkit.wire.Answer;
import dev.cyanotype.internal.testkit.wire.RawClient;
import dev.cyanotype.spi.RenderedResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client gets of a response that is there as a whole. */
@Rule(11)
abstract class ResponsesContract extends HttpApps {

    /** More than servers have in their buffers. */
    private static final byte[] LARGE = "0123456789abcdef".repeat(20_000).getBytes(StandardCharsets.US_ASCII);

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Rule({11, 12})
    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204, 205, 304, 400, 404, 418, 500, 503, 599})
    void a_response_without_a_body_has_its_status_and_no_content_type(int status) throws Exception {
        Answer answer = whole(get(RenderedResponse.empty(status, Headers.empty().with("X-Own", "1"))));

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("X-Own")).isEqualTo("1");
        assertThat(answer.header("Content-Type")).isNull();
        assertThat(answer.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 202, 400, 404, 500, 599})
    void nothing_is_added_to_a_body_whatever_the_status(int status) throws Exception {
        Answer answer = whole(get(RenderedResponse.ofBytes(status, Headers.empty(), "text/plain", bytes("grün"))));

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.text()).isEqualTo("grün");
        assertThat(answer.headers("Content-Length")).containsExactly("5");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "text/html;charset=iso-8859-1",
                "application/json",
                "application/x-own; a=\"b\"",
            })
    void the_content_type_is_sent_as_given(String type) throws Exception {
        Answer answer = whole(get(RenderedResponse.ofBytes(200, Headers.empty(), type, bytes("x"))));

        assertThat(answer.headers("Content-Type")).containsExactly(type);
    }

    @Test
    void fields_are_sent_with_all_their_values_in_their_order() throws Exception {
        Headers fields = Headers.empty()
                .plus("X-Many", "a, b")
                .plus("Set-Cookie", "a=1; Path=/")
                .plus("X-Many", "c")
                .plus("Set-Cookie", "b=2; Path=/; HttpOnly")
                .plus("X-One", "=\"1\";%20")
                .plus("Location", "/as/given?x=%20#y");

        Answer answer = whole(get(RenderedResponse.empty(200, fields)));

        assertThat(answer.headers("x-many")).containsExactly("a, b", "c");
        assertThat(answer.headers("Set-Cookie")).containsExactly("a=1; Path=/", "b=2; Path=/; HttpOnly");
        assertThat(answer.headers("X-One")).containsExactly("=\"1\";%20");
        assertThat(answer.headers("Location")).containsExactly("/as/given?x=%20#y");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8_192, 320_000})
    void bytes_have_their_length(int length) throws Exception {
        byte[] body = Arrays.copyOf(LARGE, length);

        Answer answer = whole(get(RenderedResponse.ofBytes(200, Headers.empty(), "application/octet-stream", body)));

        assertThat(answer.headers("Content-Length")).containsExactly(Integer.toString(length));
        assertThat(answer.header("Transfer-Encoding")).isNull();
        assertThat(answer.body()).isEqualTo(body);
    }

    @Rule({11, 13})
    @Test
    void what_a_client_would_rather_have_is_the_apps_to_decide() throws Exception {
        Headers fields = Headers.empty().with("Last-Modified", "Thu, 01 Jan 2026 00:00:00 GMT");

        Answer answer = whole(get(
                RenderedResponse.ofBytes(200, fields, "text/plain", LARGE),
                "Range: bytes=0-1",
                "If-None-Match: *",
                "If-Modified-Since: Thu, 01 Jan 2026 00:00:00 GMT"));

        checkUntouched(answer, LARGE);
    }

    /** Not compressed, not given an entity tag, and not answered with a part or a word that nothing has changed. */
    static void checkUntouched(Answer answer, byte[] body) {
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Encoding")).isNull();
        assertThat(answer.header("Content-Range")).isNull();
        assertThat(answer.header("ETag")).isNull();
        assertThat(answer.body()).isEqualTo(body);
    }

    @Rule(12)
    @ParameterizedTest
    @CsvSource({"bytes, 5", "empty, 0", "stream, ", "sized, 7"})
    void the_length_of_a_response_to_head_is_announced_if_it_is_known(String kind, String length) throws Exception {
        String path = path();
        probe.answer(path, request -> made(kind).withoutBody());

        Answer answer = whole(site().send("HEAD", path, NOTHING));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Length")).isEqualTo(length);
        assertThat(answer.header("Content-Type")).isEqualTo(kind.equals("empty") ? null : "text/plain");
        assertThat(answer.body()).isEmpty();
    }

    private static RenderedResponse made(String kind) {
        Headers none = Headers.empty();
        return switch (kind) {
            case "bytes" -> RenderedResponse.ofBytes(200, none, "text/plain", bytes("grün"));
            case "stream" -> RenderedResponse.ofStream(200, none, "text/plain", out -> out.write(bytes("written")));
            case "sized" -> RenderedResponse.ofStream(200, none, "text/plain", 7, out -> out.write(bytes("written")));
            default -> RenderedResponse.empty(200, none);
        };
    }

    @Rule(12)
    @ParameterizedTest
    @ValueSource(strings = {"bytes", "empty", "stream", "sized"})
    void a_response_to_head_is_followed_by_the_next_one(String kind) throws Exception {
        String path = path();
        probe.answer(path, request -> made(kind).withoutBody());
        try (RawClient client = connect()) {
            assertThat(client.exchange("HEAD", path).status()).isEqualTo(200);

            // Were there a body, this would not start here.
            assertThat(client.exchange("GET", "/fine").text()).isEqualTo("fine");
        }
    }

    @Rule(14)
    @ParameterizedTest
    @ValueSource(strings = {"bytes", "empty", "stream", "sized"})
    void a_response_is_closed_exactly_once(String kind) throws Exception {
        for (String method : new String[] {"GET", "HEAD"}) {
            String path = path();
            probe.answer(path, request -> method.equals("HEAD") ? made(kind).withoutBody() : made(kind));

            whole(site().send(method, path, NOTHING));
            eventually().until(() -> probe.closes(path) > 0);
            whole(site().send("GET", "/fine", NOTHING));

            assertThat(probe.closes(path)).as(method).isEqualTo(1);
        }
    }
}

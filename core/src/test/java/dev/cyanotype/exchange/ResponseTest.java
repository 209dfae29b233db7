/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyanotype.exchange.Response.Kind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseTest {

    record Made(
            String how,
            Response response,
            int status,
            Kind kind,
            @Nullable String contentType) {}

    static List<Made> made() {
        return List.of(
                new Made("of status", Response.of(418), 418, Kind.EMPTY, null),
                new Made("of status and body", Response.of(409, Map.of()), 409, Kind.JSON, "application/json"),
                new Made("json", Response.json(Map.of()), 200, Kind.JSON, "application/json"),
                new Made("json null", Response.json(null), 200, Kind.JSON, "application/json"),
                new Made("created", Response.created("x"), 201, Kind.JSON, "application/json"),
                new Made("empty", Response.empty(), 204, Kind.EMPTY, null),
                new Made("text", Response.text("x"), 200, Kind.TEXT, "text/plain;charset=utf-8"),
                new Made("html", Response.html("x"), 200, Kind.TEXT, "text/html;charset=utf-8"),
                new Made("bytes", Response.bytes("image/png", new byte[1]), 200, Kind.BYTES, "image/png"),
                new Made("file", Response.file(Path.of("x.txt")), 200, Kind.FILE, null),
                new Made("stream", Response.stream("text/csv", out -> {}), 200, Kind.STREAM, "text/csv"),
                new Made("events", Response.events(events -> {}), 200, Kind.EVENTS, "text/event-stream"),
                new Made("redirect", Response.redirect("/x"), 302, Kind.EMPTY, null),
                new Made("from a value", Response.from("x"), 200, Kind.JSON, "application/json"),
                new Made("from null", Response.from(null), 204, Kind.EMPTY, null),
                new Made("from a response", Response.from(Response.of(201)), 201, Kind.EMPTY, null));
    }

    @ParameterizedTest
    @MethodSource("made")
    void each_way_to_make_one_gives_status_kind_and_content_type(Made made) {
        assertThat(made.response().status()).isEqualTo(made.status());
        assertThat(made.response().kind()).isEqualTo(made.kind());
        assertThat(made.response().contentType()).isEqualTo(made.contentType());
        assertThat(made.response()).hasToString("Response[" + made.status() + " " + made.kind() + "]");
    }

    @Test
    void each_change_gives_a_new_value() {
        Response response = Response.text("x");

        Response changed = response.status(201).header("A", "1").contentType("text/csv");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headers().isEmpty()).isTrue();
        assertThat(response.contentType()).isEqualTo("text/plain;charset=utf-8");
        assertThat(changed.status()).isEqualTo(201);
        assertThat(changed.headers().first("A")).isEqualTo("1");
        assertThat(changed.contentType()).isEqualTo("text/csv");
        assertThat(changed.body()).isEqualTo("x");
    }

    @Test
    void the_content_type_is_no_header_of_its_own() {
        Response response = Response.text("x").header("content-TYPE", "text/csv");

        assertThat(response.contentType()).isEqualTo("text/csv");
        assertThat(response.headers().isEmpty()).isTrue();
    }

    @Test
    void a_header_replaces_and_headers_replace_all() {
        Response response = Response.empty().header("A", "1").header("a", "2");

        assertThat(response.headers().all("A")).containsExactly("2");
        assertThat(response.headers(Headers.empty()).headers().isEmpty()).isTrue();
    }

    @Test
    void a_redirect_has_a_location_and_can_have_another_status() {
        assertThat(Response.redirect("/x?y=1").status(308).headers().first("Location"))
                .isEqualTo("/x?y=1");
    }

    @Test
    void events_are_not_cached_and_not_buffered() {
        Headers headers = Response.events(events -> {}).headers();

        assertThat(headers.first("Cache-Control")).isEqualTo("no-cache");
        assertThat(headers.first("X-Accel-Buffering")).isEqualTo("no");
    }

    @Test
    void an_input_stream_is_copied_and_closed() throws Exception {
        boolean[] closed = {false};
        InputStream in = new ByteArrayInputStream(new byte[] {1, 2, 3}) {
            @Override
            public void close() {
                closed[0] = true;
            }
        };
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        StreamWriter writer = (StreamWriter) Response.stream("x/y", in).body();
        assertThat(writer).isNotNull();
        writer.writeTo(out);
        assertThat(closed[0]).isFalse();
        ((AutoCloseable) writer).close();

        assertThat(out.toByteArray()).containsExactly(1, 2, 3);
        assertThat(closed[0]).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 100, 199, 600, 1000})
    void a_status_out_of_range_is_refused(int status) {
        assertThatThrownBy(() -> Response.of(status))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("status " + status + " (expected: 200 to 599)");
        assertThatThrownBy(() -> Response.of(status, "x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Response.empty().status(status)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a\r\nSet-Cookie: x=1", "/a\nb", "/a\0"})
    void a_location_with_line_breaks_is_refused(String location) {
        assertThatThrownBy(() -> Response.redirect(location))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "header 'Location': its value has the character U+%04X at 2 (expected: one line of Latin-1 text)"
                                .formatted((int) location.charAt(2)));
    }

    @Test
    void a_content_type_with_line_breaks_is_refused_wherever_it_is_given() {
        String bad = "text/plain\r\nX: 1";
        List<ThrowingCallable> ways = List.of(
                () -> Response.bytes(bad, new byte[0]),
                () -> Response.stream(bad, out -> {}),
                () -> Response.stream(bad, InputStream.nullInputStream()),
                () -> Response.text("x").contentType(bad),
                () -> Response.text("x").header("Content-Type", bad));

        for (ThrowingCallable way : ways) {
            assertThatThrownBy(way)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("header 'Content-Type': its value has the character U+000D at 10"
                            + " (expected: one line of Latin-1 text)");
        }
    }

    @Test
    void the_content_type_never_stands_among_the_headers() {
        Response response = Response.text("x")
                .headers(Headers.empty().plus("Content-Type", "text/html").plus("A", "1"));

        assertThat(response.headers().first("Content-Type")).isNull();
        assertThat(response.headers().first("A")).isEqualTo("1");
    }
}

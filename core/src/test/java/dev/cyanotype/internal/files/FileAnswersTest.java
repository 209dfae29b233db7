/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.files;

import static dev.cyanotype.internal.dispatch.InMemoryRequest.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import dev.cyanotype.App;
import dev.cyanotype.Assembled;
import dev.cyanotype.Blueprint;
import dev.cyanotype.CapturedLog;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.internal.dispatch.Answer;
import dev.cyanotype.internal.dispatch.InMemoryRequest;
import dev.cyanotype.spi.RenderedResponse;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A handler's answer with a file, made ready for the wire. */
class FileAnswersTest {

    private static final String TIME = "Mon, 06 May 2024 07:08:09 GMT";

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void write_a_file() throws IOException {
        file = Files.writeString(folder.resolve("a.txt"), "0123456789");
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2024-05-06T07:08:09Z")));
    }

    @Test
    void says_how_to_ask_again() {
        Answer answer = app(r -> r).get("/x");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("ETag")).isEqualTo("\"17ccd493b5ff3a00-a\"");
        assertThat(answer.header("Last-Modified")).isEqualTo(TIME);
        assertThat(answer.header("Accept-Ranges")).isEqualTo("bytes");
        assertThat(answer.text()).isEqualTo("0123456789");
    }

    @Test
    void has_another_tag_when_time_or_size_has_changed() throws IOException {
        Assembled app = app(r -> r);
        String before = app.get("/x").header("ETag");

        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2024-05-06T07:08:09.000001Z")));
        String later = app.get("/x").header("ETag");
        Files.writeString(file, "more than it was");
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2024-05-06T07:08:09.000001Z")));

        assertThat(later).isNotEqualTo(before);
        assertThat(app.get("/x").header("ETag")).isNotIn(before, later);
    }

    @Test
    void keeps_what_the_handler_says_and_goes_by_it() {
        Assembled app = app(r -> r.header("ETag", "\"own\"")
                .header("Last-Modified", "Mon, 01 Jan 2024 00:00:00 GMT")
                .header("Cache-Control", "no-store"));

        Answer answer = app.get("/x");
        assertThat(answer.headers().all("ETag")).containsExactly("\"own\"");
        assertThat(answer.headers().all("Last-Modified")).containsExactly("Mon, 01 Jan 2024 00:00:00 GMT");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(app.send(get("/x").header("If-None-Match", "\"own\"")).status())
                .isEqualTo(304);
        assertThat(app.send(get("/x").header("If-Modified-Since", "Mon, 01 Jan 2024 00:00:00 GMT"))
                        .status())
                .isEqualTo(304);
        assertThat(app.send(get("/x").header("If-Unmodified-Since", TIME)).status())
                .isEqualTo(200);
        assertThat(app.send(get("/x").header("If-Range", "\"own\"").header("Range", "bytes=0-0"))
                        .text())
                .isEqualTo("0");
    }

    @Test
    void sends_no_ranges_where_the_handler_wants_none() {
        Answer answer =
                app(r -> r.header("Accept-Ranges", "none")).send(get("/x").header("Range", "bytes=0-0"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers().all("Accept-Ranges")).containsExactly("none");
    }

    @Test
    void of_a_file_from_the_future_has_no_time() throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2999-01-01T00:00:00Z")));

        assertThat(app(r -> r).get("/x").header("Last-Modified")).isNull();
        assertThat(app(r -> r).get("/x").header("ETag")).isNotNull();
    }

    @Test
    void not_modified_has_the_fields_of_200_but_no_body() {
        Answer answer = app(r -> r.header("Vary", "Accept-Encoding")
                        .header("Content-Encoding", "br")
                        .header("Cache-Control", "max-age=1"))
                .send(get("/x").header("If-Modified-Since", TIME));

        assertThat(answer.status()).isEqualTo(304);
        assertThat(answer.header("ETag")).isEqualTo("\"17ccd493b5ff3a00-a-br\"");
        assertThat(answer.header("Last-Modified")).isEqualTo(TIME);
        assertThat(answer.header("Vary")).isEqualTo("Accept-Encoding");
        assertThat(answer.header("Cache-Control")).isEqualTo("max-age=1");
        assertThat(answer.header("Content-Encoding")).isNull();
        assertThat(answer.contentType()).isNull();
        assertThat(answer.length()).isEqualTo(-1);
        assertThat(answer.bytes()).isEmpty();
    }

    @Test
    void one_part_is_sent_as_it_is() {
        Answer answer = app(r -> r).send(get("/x").header("Range", "bytes=2-4"));

        assertThat(answer.status()).isEqualTo(206);
        assertThat(answer.header("Content-Range")).isEqualTo("bytes 2-4/10");
        assertThat(answer.contentType()).isEqualTo("text/plain;charset=utf-8");
        assertThat(answer.length()).isEqualTo(3);
        assertThat(answer.text()).isEqualTo("234");
    }

    @Test
    void several_parts_are_sent_with_a_head_each() throws IOException {
        Files.writeString(file, "0123456789".repeat(100));
        Answer answer = app(r -> r).send(get("/x").header("Range", "bytes=995-,2-4"));

        assertThat(answer.status()).isEqualTo(206);
        assertThat(answer.header("Content-Range")).isNull();
        assertThat(answer.contentType()).startsWith("multipart/byteranges;boundary=");
        String boundary = answer.contentType().substring("multipart/byteranges;boundary=".length());
        assertThat(answer.text())
                .isEqualTo("--" + boundary + "\r\nContent-Type: text/plain;charset=utf-8\r\n"
                        + "Content-Range: bytes 995-999/1000\r\n\r\n56789\r\n--" + boundary
                        + "\r\nContent-Type: text/plain;charset=utf-8\r\n"
                        + "Content-Range: bytes 2-4/1000\r\n\r\n234\r\n--" + boundary + "--\r\n");
        assertThat(answer.length()).isEqualTo(answer.bytes().length);
    }

    @Test
    void no_part_is_an_error_for_the_error_handlers() {
        Answer answer = app(r -> r).send(get("/x").header("Range", "bytes=10-").header("X-Request-Id", "r1"));

        assertThat(answer.status()).isEqualTo(416);
        assertThat(answer.header("Content-Range")).isEqualTo("bytes */10");
        assertThat(answer.contentType()).isEqualTo("application/problem+json");
        assertThat(answer.text())
                .isEqualTo("{\"title\":\"Range Not Satisfiable\",\"status\":416,"
                        + "\"detail\":\"The file has 10 bytes\",\"correlationId\":\"r1\"}");
        Assembled own = Assembled.of(App.named("a")
                .error(416, (exchange, e) -> Response.of(416, "none").headers(e.headers()))
                .get("/x", ctx -> Response.file(file)));
        Answer handled = own.send(get("/x").header("Range", "bytes=10-"));
        assertThat(handled.text()).isEqualTo("\"none\"");
        assertThat(handled.header("Content-Range")).isEqualTo("bytes */10");
    }

    @Test
    void another_state_is_an_error_for_the_error_handlers() {
        Answer answer = app(r -> r)
                .send(get("/x")
                        .header("If-Match", "\"other\"")
                        .header("Range", "bytes=99-")
                        .header("X-Request-Id", "r1"));

        assertThat(answer.text())
                .isEqualTo("{\"title\":\"Precondition Failed\",\"status\":412,\"detail\":"
                        + "\"The file has changed, or is not the one that the request is for\","
                        + "\"correlationId\":\"r1\"}");
    }

    @Test
    void conditions_come_before_ranges() {
        assertThat(app(r -> r)
                        .send(get("/x").header("If-Modified-Since", TIME).header("Range", "bytes=99-"))
                        .status())
                .isEqualTo(304);
    }

    @Test
    void ranges_of_a_file_that_has_changed_are_all_of_it() {
        Answer answer =
                app(r -> r).send(get("/x").header("If-Range", "\"other\"").header("Range", "bytes=99-"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("0123456789");
    }

    @Test
    void two_range_fields_are_ignored() {
        assertThat(app(r -> r)
                        .send(get("/x").header("Range", "bytes=0-0").header("Range", "bytes=1-1"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void head_tells_the_length_of_the_whole_whatever_the_range() {
        Answer answer = app(r -> r).send(InMemoryRequest.of("HEAD", "/x").header("Range", "bytes=2-4"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Range")).isNull();
        assertThat(answer.length()).isEqualTo(10);
        assertThat(answer.bytes()).isEmpty();
        assertThat(app(r -> r)
                        .send(InMemoryRequest.of("HEAD", "/x").header("If-Modified-Since", TIME))
                        .status())
                .isEqualTo(304);
    }

    @Test
    void other_methods_and_other_statuses_have_neither_conditions_nor_ranges() {
        Assembled app = Assembled.of(Blueprint.named("a")
                .post("/x", ctx -> Response.file(file))
                .get("/x", ctx -> Response.file(file).status(203))
                .build());
        InMemoryRequest post = InMemoryRequest.post("/x")
                .header("If-None-Match", "*")
                .header("If-Match", "\"other\"")
                .header("Range", "bytes=0-0");
        InMemoryRequest get = get("/x").header("If-None-Match", "*").header("Range", "bytes=0-0");

        for (Answer answer : List.of(app.send(post), app.send(get))) {
            assertThat(answer.status()).isIn(200, 203);
            assertThat(answer.text()).isEqualTo("0123456789");
            assertThat(answer.headers().isEmpty()).isTrue();
        }
    }

    @Test
    void an_empty_file_is_whole_whatever_the_range() throws IOException {
        Files.writeString(file, "");
        Answer answer = app(r -> r).send(get("/x").header("Range", "bytes=0-"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.length()).isZero();
        assertThat(answer.bytes()).isEmpty();
    }

    @Test
    void large_files_are_sent_a_little_at_a_time() throws Exception {
        sparse(100_000_000);
        Counter counter = new Counter();

        try (RenderedResponse whole = app(r -> r).rendered(get("/x"))) {
            whole.stream().writeTo(counter);
        }

        assertThat(counter.total).isEqualTo(100_000_000);
        assertThat(counter.largest).isLessThanOrEqualTo(65536);
    }

    @Test
    void files_may_have_more_than_two_gigabytes() throws Exception {
        sparse((1L << 33) + 5);
        Answer end = app(r -> r).send(get("/x").header("Range", "bytes=-3"));
        Answer ends = app(r -> r).send(get("/x").header("Range", "bytes=0-0,8589934594-"));

        assertThat(app(r -> r).send(InMemoryRequest.of("HEAD", "/x")).length()).isEqualTo(8589934597L);
        assertThat(end.header("Content-Range")).isEqualTo("bytes 8589934594-8589934596/8589934597");
        assertThat(end.text()).isEqualTo("end");
        assertThat(ends.text()).contains("\r\n\r\n0\r\n", "bytes 8589934594-8589934596/8589934597", "end");
    }

    /** A file that takes hardly any place on the disk. */
    private void sparse(long length) throws IOException {
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(length);
            sparse.seek(length - 3);
            sparse.write("end".getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void a_file_that_becomes_shorter_is_not_sent_as_if_it_were_whole() throws Exception {
        try (CapturedLog log = CapturedLog.from(Level.WARN);
                RenderedResponse response = app(r -> r).rendered(get("/x"))) {
            Files.writeString(file, "0123");

            assertThatThrownBy(() -> response.stream().writeTo(OutputStream.nullOutputStream()))
                    .isInstanceOf(EOFException.class)
                    .hasMessage(file + " is 6 bytes shorter than announced");
            assertThat(log.lines())
                    .containsExactly(
                            "WARN " + file + " has become shorter while it was sent, so its answer was cut off");
        }
    }

    @Test
    void a_file_that_grows_is_sent_as_long_as_announced() throws Exception {
        try (RenderedResponse response = app(r -> r).rendered(get("/x"))) {
            Files.writeString(file, "0123456789abc");

            assertThat(Answer.of(response).text()).isEqualTo("0123456789");
        }
    }

    @Test
    void a_file_that_is_replaced_or_deleted_meanwhile_is_sent_as_it_was() throws Exception {
        try (RenderedResponse response = app(r -> r).rendered(get("/x"))) {
            Files.delete(file);
            Files.writeString(file, "something else");

            assertThat(Answer.of(response).text()).isEqualTo("0123456789");
        }
    }

    @Test
    void teardown_does_not_wait_for_the_client() {
        List<String> record = new ArrayList<>();
        Assembled app = Assembled.of(Blueprint.named("a")
                .teardown((ctx, error) -> record.add("teardown"))
                .get("/x", ctx -> Response.file(file))
                .build());

        RenderedResponse response = app.rendered(get("/x"));
        record.add("rendered");
        response.close();

        assertThat(record).containsExactly("teardown", "rendered");
    }

    @Test
    void a_file_that_fails_while_it_is_read_is_a_warning() throws Exception {
        try (CapturedLog log = CapturedLog.from(Level.WARN);
                RenderedResponse response = app(r -> r).rendered(get("/x"))) {
            response.close();

            assertThatThrownBy(() -> response.stream().writeTo(OutputStream.nullOutputStream()))
                    .isInstanceOf(ClosedChannelException.class);
            assertThat(log.lines())
                    .containsExactly("WARN " + file + " could not be read to its end, so its answer was cut off");
        }
    }

    private Assembled app(UnaryOperator<Response> change) {
        return Assembled.of(App.named("a").get("/x", ctx -> change.apply(Response.file(file))));
    }

    /** Takes everything and keeps nothing. */
    private static final class Counter extends OutputStream {

        private long total;
        private int largest;

        @Override
        public void write(int b) {
            total++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            total += length;
            largest = Math.max(largest, length);
        }
    }
}

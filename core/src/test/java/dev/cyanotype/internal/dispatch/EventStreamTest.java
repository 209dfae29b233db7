/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyanotype.App;
import dev.cyanotype.Assembled;
import dev.cyanotype.exchange.EventStream;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.spi.RenderedResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventStreamTest {

    @Test
    void an_event_has_its_data_in_lines_and_ends_with_an_empty_one() {
        assertThat(sent(events -> events.send("hello"))).isEqualTo("data: hello\n\n");
        assertThat(sent(events -> events.send("a\nb\r\nc\rd\n")))
                .isEqualTo("data: a\ndata: b\ndata: c\ndata: d\ndata: \n\n");
        assertThat(sent(events -> events.send(""))).isEqualTo("data: \n\n");
    }

    @Test
    void other_data_is_sent_as_json() {
        assertThat(sent(events -> events.send(Map.of("a", "x\ny")))).isEqualTo("data: {\"a\":\"x\\ny\"}\n\n");
        assertThat(sent(events -> events.send(7))).isEqualTo("data: 7\n\n");
        assertThat(sent(events -> events.send(new StringBuilder("text")))).isEqualTo("data: text\n\n");
    }

    @Test
    void an_event_may_have_a_name_and_an_id() {
        assertThat(sent(events -> events.send("added", 1))).isEqualTo("event: added\ndata: 1\n\n");
        assertThat(sent(events -> events.send("added", 1, "42"))).isEqualTo("id: 42\nevent: added\ndata: 1\n\n");
        assertThat(sent(events -> events.send(null, 1, "42"))).isEqualTo("id: 42\ndata: 1\n\n");
        assertThat(sent(events -> events.send(null, 1, ""))).isEqualTo("id: \ndata: 1\n\n");
    }

    @Test
    void comments_and_the_time_to_wait_can_be_sent() {
        assertThat(sent(events -> events.comment("ping"))).isEqualTo(": ping\n\n");
        assertThat(sent(events -> events.comment("a\nb"))).isEqualTo(": a\n: b\n\n");
        assertThat(sent(events -> events.retry(Duration.ofSeconds(5)))).isEqualTo("retry: 5000\n\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\rb", "a\0b", "x\n\ndata: forged"})
    void a_name_or_an_id_with_a_line_break_is_refused(String text) {
        List<Throwable> failures = new ArrayList<>();
        String sent = sent(events -> {
            failures.add(failure(() -> events.send(text, 1)));
            failures.add(failure(() -> events.send(null, 1, text)));
            events.send("x");
        });

        assertThat(sent).isEqualTo("data: x\n\n");
        assertThat(failures.get(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("event of an event has a line break or a NUL (expected: one line)");
        assertThat(failures.get(1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("id of an event has a line break or a NUL (expected: one line)");
    }

    @Test
    void a_time_to_wait_of_less_than_a_millisecond_is_refused() {
        List<Throwable> failures = new ArrayList<>();
        sent(events -> failures.add(failure(() -> events.retry(Duration.ZERO))));

        assertThat(failures.get(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("retry: PT0S (expected: 1 ms or more)");
    }

    @Test
    void the_last_event_id_is_the_one_that_the_client_sends() {
        assertThat(sent(events -> events.send(String.valueOf(events.lastEventId()))))
                .isEqualTo("data: null\n\n");
        assertThat(Answer.of(rendered(
                                events -> events.send(String.valueOf(events.lastEventId())),
                                InMemoryRequest.get("/x").header("Last-Event-ID", "41")))
                        .text())
                .isEqualTo("data: 41\n\n");
    }

    @Test
    void the_response_is_neither_cached_nor_of_a_known_length() {
        RenderedResponse response = rendered(events -> {}, InMemoryRequest.get("/x"));

        assertThat(response.contentType()).isEqualTo("text/event-stream");
        assertThat(response.contentLength()).isEqualTo(-1);
        assertThat(response.headers().first("Cache-Control")).isEqualTo("no-cache");
    }

    @Test
    void the_head_and_each_event_go_out_at_once() throws Exception {
        List<String> record = new ArrayList<>();
        OutputStream out = new ByteArrayOutputStream() {
            @Override
            public void flush() {
                record.add(toString());
            }
        };

        rendered(
                        events -> {
                            events.send("1");
                            events.send("2");
                        },
                        InMemoryRequest.get("/x"))
                .stream()
                .writeTo(out);

        assertThat(record).containsExactly("", "data: 1\n\n", "data: 1\n\ndata: 2\n\n");
    }

    @Test
    void a_client_that_has_gone_ends_the_stream() {
        OutputStream gone = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("broken pipe");
            }
        };
        RenderedResponse response = rendered(
                events -> {
                    while (true) {
                        events.send("x");
                    }
                },
                InMemoryRequest.get("/x"));

        assertThatThrownBy(() -> response.stream().writeTo(gone))
                .isInstanceOf(IOException.class)
                .hasMessage("broken pipe");
    }

    private interface Failing {
        void run() throws Exception;
    }

    private static Throwable failure(Failing failing) {
        try {
            failing.run();
            return null;
        } catch (Exception e) {
            return e;
        }
    }

    private static String sent(EventStream.Source source) {
        return Answer.of(rendered(source, InMemoryRequest.get("/x"))).text();
    }

    private static RenderedResponse rendered(EventStream.Source source, InMemoryRequest request) {
        return Assembled.of(App.named("a").get("/x", ctx -> Response.events(source)))
                .rendered(request);
    }
}

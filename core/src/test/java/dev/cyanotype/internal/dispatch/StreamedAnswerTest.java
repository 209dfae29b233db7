/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import dev.cyanotype.App;
import dev.cyanotype.Assembled;
import dev.cyanotype.Blueprint;
import dev.cyanotype.CapturedLog;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.exchange.StreamWriter;
import dev.cyanotype.spi.RenderedResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class StreamedAnswerTest {

    private final List<String> record = new ArrayList<>();

    @Test
    void that_fails_is_cut_off_and_logged_and_its_error_reaches_the_teardown() {
        RenderedResponse response = rendered(out -> {
            out.write('x');
            throw new IllegalStateException("broken");
        });
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (CapturedLog log = CapturedLog.from(Level.DEBUG)) {
            assertThatThrownBy(() -> response.stream().writeTo(out))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("broken");
            response.close();

            assertThat(out).hasToString("x");
            assertThat(log.lines()).containsExactly("ERROR the body of http GET /x failed (correlation id r-1)");
            assertThat(record).containsExactly("teardown java.lang.IllegalStateException: broken");
        }
    }

    @Test
    void whose_client_has_gone_is_no_error_for_the_log() {
        RenderedResponse response = rendered(out -> {
            throw new IOException("broken pipe");
        });
        try (CapturedLog log = CapturedLog.from(Level.INFO)) {
            assertThatThrownBy(() -> response.stream().writeTo(new ByteArrayOutputStream()))
                    .isInstanceOf(IOException.class);
            response.close();

            assertThat(log.lines()).isEmpty();
            assertThat(record).containsExactly("teardown java.io.IOException: broken pipe");
        }
    }

    @Test
    void is_written_with_the_fields_of_its_request_in_the_log() throws Exception {
        RenderedResponse response = rendered(out -> record.add(MDC.get("correlationId") + " " + MDC.get("operation")));

        response.stream().writeTo(new ByteArrayOutputStream());

        assertThat(record).containsExactly("r-1 GET /x");
        assertThat(MDC.get("correlationId")).isNull();
    }

    @Test
    void runs_after_all_hooks_but_the_teardown() throws Exception {
        RenderedResponse response = rendered(out -> record.add("written"));
        record.add("rendered");

        response.stream().writeTo(new ByteArrayOutputStream());
        response.close();

        assertThat(record).containsExactly("rendered", "written", "teardown null");
    }

    @Nested
    class From_an_input_stream {

        private final boolean[] closed = {false};

        private final InputStream in = new ByteArrayInputStream(new byte[] {1, 2, 3}) {
            @Override
            public void close() {
                closed[0] = true;
            }
        };

        private final Assembled app = Assembled.of(App.named("a").get("/x", ctx -> Response.stream("x/y", in)));

        @Test
        void is_closed_when_the_body_is_dropped() {
            app.send(InMemoryRequest.of("HEAD", "/x"));

            assertThat(closed[0]).isTrue();
        }

        @Test
        void is_closed_when_the_client_has_gone_before_it_is_read() {
            app.rendered(InMemoryRequest.get("/x")).close();

            assertThat(closed[0]).isTrue();
        }
    }

    private RenderedResponse rendered(StreamWriter writer) {
        return Assembled.of(Blueprint.named("a")
                        .teardown((ctx, unhandled) -> record.add("teardown " + unhandled))
                        .get("/x", ctx -> Response.stream("text/plain", writer))
                        .build())
                .rendered(InMemoryRequest.get("/x").header("X-Request-Id", "r-1"));
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.Assembled;
import dev.cyanotype.exchange.Response;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class HeadStreamTest {

    private final boolean[] closed = {false};

    private final InputStream in = new ByteArrayInputStream(new byte[] {1, 2, 3}) {
        @Override
        public void close() {
            closed[0] = true;
        }
    };

    private final Assembled app = Assembled.of(App.named("a").get("/x", ctx -> Response.stream("x/y", in)));

    @Test
    void an_input_stream_is_closed_when_the_body_is_dropped() {
        app.send(InMemoryRequest.of("HEAD", "/x"));

        assertThat(closed[0]).isTrue();
    }

    @Test
    void an_input_stream_is_closed_when_the_client_has_gone_before_it_is_read() {
        app.rendered(InMemoryRequest.get("/x")).close();

        assertThat(closed[0]).isTrue();
    }
}

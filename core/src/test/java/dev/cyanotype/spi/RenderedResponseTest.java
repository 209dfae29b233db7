/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyanotype.exchange.Headers;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

class RenderedResponseTest {

    private static final Headers HEADERS = Headers.empty().plus("A", "1");

    @Test
    void has_at_most_one_body() {
        RenderedResponse empty = RenderedResponse.empty(204, HEADERS);
        RenderedResponse bytes = RenderedResponse.ofBytes(200, HEADERS, "x/y", new byte[3]);
        RenderedResponse known = RenderedResponse.ofStream(200, HEADERS, "x/y", 5, out -> {});
        RenderedResponse stream = RenderedResponse.ofStream(200, HEADERS, null, out -> {});

        assertThat(empty.bytes()).isNull();
        assertThat(empty.contentLength()).isEqualTo(-1);
        assertThat(bytes.bytes()).hasSize(3);
        assertThat(bytes.contentLength()).isEqualTo(3);
        assertThat(bytes.stream()).isNull();
        assertThat(known.contentLength()).isEqualTo(5);
        assertThat(known.stream()).isNotNull();
        assertThat(known.withStream(out -> {}).contentLength()).isEqualTo(5);
        assertThat(stream.stream()).isNotNull();
        assertThat(stream.contentLength()).isEqualTo(-1);
        assertThat(bytes).hasToString("RenderedResponse[200]");
    }

    @Test
    void without_its_body_keeps_all_else() {
        RenderedResponse bytes =
                RenderedResponse.ofBytes(200, HEADERS, "x/y", new byte[3]).withoutBody();

        assertThat(bytes.bytes()).isNull();
        assertThat(bytes.contentLength()).isEqualTo(3);
        assertThat(bytes.contentType()).isEqualTo("x/y");
        assertThat(bytes.headers()).isEqualTo(HEADERS);
        assertThat(bytes.status()).isEqualTo(200);
        assertThat(RenderedResponse.ofStream(200, HEADERS, "x/y", 5, out -> {})
                        .withoutBody()
                        .contentLength())
                .isEqualTo(5);
        assertThat(RenderedResponse.ofStream(200, HEADERS, "x/y", out -> {})
                        .withoutBody()
                        .contentLength())
                .isEqualTo(-1);
    }

    @Test
    void a_negative_length_is_refused() {
        assertThatThrownBy(() -> RenderedResponse.ofStream(200, HEADERS, "x/y", -1, out -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("length -1 (expected: 0 or more)");
    }

    @Test
    void does_at_its_end_all_it_was_told() {
        StringBuilder record = new StringBuilder();
        RenderedResponse response = RenderedResponse.empty(204, HEADERS)
                .onClose(() -> record.append("first"))
                .onClose(() -> record.append("last"));

        response.withoutBody().close();
        RenderedResponse.empty(204, HEADERS).close();

        assertThat(record).hasToString("firstlast");
    }

    @Test
    void requests_and_replies_of_actions_hide_their_payload() {
        assertThat(ActionRequest.of("do_it", JsonNodeFactory.instance.stringNode("secret")))
                .hasToString("ActionRequest[do_it]");
        assertThat(new Reply(200, JsonNodeFactory.instance.stringNode("secret")))
                .hasToString("Reply[200]");
    }
}

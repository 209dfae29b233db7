/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.internal.json.JsonCodec;
import dev.cyanotype.json.JsonOptions;
import dev.cyanotype.spi.SocketFrame;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class FramesTest {

    private final JsonCodec json = new JsonCodec(JsonOptions.builder().build());

    private static String text(SocketFrame frame) {
        assertThat(frame.isText()).isTrue();
        return StandardCharsets.UTF_8.decode(frame.payload()).toString();
    }

    private JsonNode id(String id) {
        return json.read(id);
    }

    @Test
    void messages_have_their_members_in_the_order_of_daebus() {
        assertThat(text(Frames.message(json, "response", json.encode(Map.of("x", 1)), null)))
                .isEqualTo("{\"type\":\"response\",\"data\":{\"x\":1}}");
        assertThat(text(Frames.message(json, "a\"\n😀", json.encode(null), id("7"))))
                .isEqualTo("{\"type\":\"a\\\"\\n😀\",\"data\":null,\"id\":7}");
    }

    @Test
    void errors_have_their_text_beside_the_type() {
        assertThat(text(Frames.error(json, "No \"type\"", null)))
                .isEqualTo("{\"type\":\"error\",\"error\":\"No \\\"type\\\"\"}");
        assertThat(text(Frames.error(json, "x", id("\"a\""))))
                .isEqualTo("{\"type\":\"error\",\"error\":\"x\",\"id\":\"a\"}");
        assertThat(text(Frames.rateLimit(json, 2)))
                .isEqualTo("{\"type\":\"error\",\"error\":\"Rate limit exceeded\",\"retry_after\":2}");
    }

    @Test
    void bare_messages_are_a_text_bytes_or_json() {
        assertThat(text(Frames.bare("é", () -> json.encode("no")))).isEqualTo("é");
        assertThat(text(Frames.bare(new StringBuilder("b"), () -> json.encode("no"))))
                .isEqualTo("b");
        assertThat(text(Frames.bare(Map.of("a", 1), () -> json.encode(Map.of("a", 1)))))
                .isEqualTo("{\"a\":1}");
        assertThat(text(Frames.bare(null, () -> json.encode(null)))).isEqualTo("null");
    }

    @Test
    void bytes_are_those_of_the_call_and_not_of_later() {
        byte[] bytes = {1, 2};
        SocketFrame frame = Frames.bare(bytes, () -> new byte[0]);
        bytes[0] = 9;

        assertThat(frame.isText()).isFalse();
        byte[] sent = new byte[frame.size()];
        frame.payload().get(sent);
        assertThat(sent).containsExactly(1, 2);
    }
}

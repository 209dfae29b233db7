/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.exchange;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ResponseRefusalsTest {

    private static final String BAD = "text/plain\r\nX: 1";

    @Test
    void a_content_type_with_line_breaks_is_refused_by_every_way_to_make_a_response() {
        refused(() -> Response.bytes(BAD, new byte[0]));
        refused(() -> Response.stream(BAD, out -> {}));
        refused(() -> Response.stream(BAD, InputStream.nullInputStream()));
        refused(() -> Response.text("x").contentType(BAD));
        refused(() -> Response.text("x").header("Content-Type", BAD));
    }

    private static void refused(ThrowingCallable making) {
        assertThatThrownBy(making)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("header 'Content-Type': its value has the control character U+000D at 10"
                        + " (expected: one line of text)");
    }
}

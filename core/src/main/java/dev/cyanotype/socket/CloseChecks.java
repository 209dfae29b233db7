/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.socket;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Checks what a close frame may hold. */
final class CloseChecks {

    /** A control frame has 125 bytes at most (RFC 6455, 5.5), and two of them are the code. */
    private static final int MAX_REASON_BYTES = 123;

    private CloseChecks() {}

    static int code(int code) {
        boolean assigned = (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014);
        if (!assigned && (code < 3000 || code > 4999)) {
            throw new IllegalArgumentException(
                    "close: code " + code + " (expected: 1000 to 1003, 1007 to 1014, or 3000 to 4999)");
        }
        return code;
    }

    static String reason(String reason) {
        int length = Objects.requireNonNull(reason, "reason").getBytes(StandardCharsets.UTF_8).length;
        if (length > MAX_REASON_BYTES) {
            throw new IllegalArgumentException("close: a reason of " + length + " bytes (expected: up to "
                    + MAX_REASON_BYTES + " in UTF-8). Send a message before closing.");
        }
        return reason;
    }
}

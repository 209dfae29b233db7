/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.exchange;

import static java.util.Objects.requireNonNull;

/** What responses refuse, in the line that makes them. */
final class ResponseChecks {

    private ResponseChecks() {}

    static int status(int status) {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("status " + status + " (expected: 200 to 599)");
        }
        return status;
    }

    /** A media type goes into a header field, so it is refused by the same rule. */
    static String mediaType(String contentType) {
        Headers.empty().plus("Content-Type", requireNonNull(contentType, "contentType"));
        return contentType;
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.socket;

import dev.cyanotype.internal.text.Origin;

/** Checks what origins are allowed. */
final class AllowedOrigin {

    private AllowedOrigin() {}

    static String check(String origin) {
        if (!origin.equals("*")) {
            try {
                // What stands for any name below is one name to the parser.
                Origin.parse(origin.replace("://*.", "://any."));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("sockets: origin '" + origin
                        + "' (expected: scheme, host and perhaps a port, e.g. 'https://example.com'"
                        + " or 'https://*.example.com', or '*')");
            }
        }
        return origin;
    }
}

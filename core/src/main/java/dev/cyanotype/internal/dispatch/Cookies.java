/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.dispatch;

import dev.cyanotype.spi.HttpRequest;
import org.jspecify.annotations.Nullable;

/** Reads the cookies of a request. */
final class Cookies {

    private Cookies() {}

    /** The first cookie of a name, or null. */
    static @Nullable String value(HttpRequest request, String name) {
        for (String header : request.headers("Cookie")) {
            for (String pair : header.split(";")) {
                int equals = pair.indexOf('=');
                if (equals > 0 && pair.substring(0, equals).strip().equals(name)) {
                    return pair.substring(equals + 1).strip();
                }
            }
        }
        return null;
    }
}

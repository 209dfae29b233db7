/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.dispatch;

import dev.cyanotype.spi.HttpRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Agrees on a sub-protocol (RFC 6455, 4.2.2). */
final class Subprotocols {

    private Subprotocols() {}

    /**
     * The first of the spoken ones that the client offers, or null. What else it offers may be a secret of its own, and never
     * goes back to it.
     */
    static @Nullable String choose(List<String> spoken, HttpRequest request) {
        for (String name : spoken) {
            for (String header : request.headers("Sec-WebSocket-Protocol")) {
                for (String offered : header.split(",")) {
                    if (offered.strip().equals(name)) {
                        return name;
                    }
                }
            }
        }
        return null;
    }
}

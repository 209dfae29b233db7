/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.socket;

/**
 * Makes the ids of websocket clients.
 *
 * <p>Thread-safe.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface ClientIdGenerator {

    /**
     * Makes an id.
     *
     * @param handshake the request of the client
     * @return not empty; a client whose id is taken is refused with 409
     */
    String newId(Handshake handshake);
}

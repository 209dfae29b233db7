/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.websocket;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The websockets of one transport that are open. Thread-safe. */
final class OpenSockets {

    private final Set<JettySocket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean aborted;

    void add(JettySocket socket) {
        sockets.add(socket);
        if (aborted) {
            socket.abort();
        }
    }

    void remove(JettySocket socket) {
        sockets.remove(socket);
    }

    /** Cuts all of them, and those that come later too. */
    void abort() {
        aborted = true;
        sockets.forEach(JettySocket::abort);
    }
}

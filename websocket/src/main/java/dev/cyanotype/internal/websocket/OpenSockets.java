/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.websocket;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** The websockets of one transport that are open. Thread-safe. */
final class OpenSockets {

    private final Set<JettySocket> sockets = ConcurrentHashMap.newKeySet();
    private final Executor executor;
    private volatile boolean aborted;

    OpenSockets(Executor executor) {
        this.executor = executor;
    }

    void add(JettySocket socket) {
        sockets.add(socket);
        if (aborted) {
            socket.abort();
        }
    }

    void remove(JettySocket socket) {
        sockets.remove(socket);
    }

    /** Runs what must not run on the thread of a caller. */
    void execute(Runnable task) {
        executor.execute(task);
    }

    /** Cuts all of them, and those that come later too. */
    void abort() {
        aborted = true;
        sockets.forEach(JettySocket::abort);
    }
}

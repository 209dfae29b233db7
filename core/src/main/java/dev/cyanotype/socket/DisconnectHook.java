/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.socket;

/**
 * Runs when a client has gone.
 *
 * <p>One instance serves all clients at once and has to be thread-safe.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface DisconnectHook {

    /**
     * Sees a client that has gone; nothing reaches it any more.
     *
     * @param ctx the client
     * @param status how its websocket was closed
     * @throws Exception to hand the error to the error handlers
     */
    void disconnected(SocketExchange ctx, CloseStatus status) throws Exception;
}

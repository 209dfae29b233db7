/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.socket;

import org.jspecify.annotations.Nullable;

/**
 * Answers the websocket messages of one type.
 *
 * <p>One instance serves all clients at once and has to be thread-safe.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface SocketMessage {

    /**
     * Answers one message.
     *
     * @param ctx the message
     * @return a plain value, a {@link dev.cyanotype.exchange.Response}, null for no answer, or a
     *     {@link java.util.concurrent.CompletionStage} of one of these
     * @throws Exception to hand the message to the error handlers
     */
    @Nullable
    Object handle(SocketContext ctx) throws Exception;
}

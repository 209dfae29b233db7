/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.socket;

import org.jspecify.annotations.Nullable;

/**
 * Answers the websocket messages of one type, whose data is decoded first.
 *
 * <p>One instance serves all clients at once and has to be thread-safe.
 *
 * @param <T> the type of the data
 * @since 0.1
 */
@FunctionalInterface
public interface SocketDataHandler<T> {

    /**
     * Answers one message.
     *
     * @param data the message's data
     * @param ctx the message
     * @return a plain value, a {@link dev.cyanotype.exchange.Response}, null for no answer, or a
     *     {@link java.util.concurrent.CompletionStage} of one of these
     * @throws Exception to hand the message to the error handlers
     */
    @Nullable
    Object handle(T data, SocketContext ctx) throws Exception;
}

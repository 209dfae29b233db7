/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.socket;

import org.jspecify.annotations.Nullable;

/**
 * Answers the messages of a websocket with a path of its own.
 *
 * <p>One instance serves all clients at once and has to be thread-safe. The messages of one client come in order, and one
 * at a time.
 *
 * @param <T> what a message is
 * @since 0.1
 */
@FunctionalInterface
public interface SocketHandler<T> {

    /**
     * Answers one message.
     *
     * @param message the message
     * @param ctx the exchange
     * @return what to send back as {@link Socket#send(Object)} does, a {@link dev.cyanotype.exchange.Response}, null for no
     *     answer, or a {@link java.util.concurrent.CompletionStage} of one of these
     * @throws Exception to hand the message to the error handlers
     */
    @Nullable
    Object handle(T message, SocketExchange ctx) throws Exception;
}

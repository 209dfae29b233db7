/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.message;

/**
 * Hears the messages of a channel.
 *
 * <p>Called for one message at a time, in the order they were published.
 *
 * @param <T> the type the messages are decoded to; {@link tools.jackson.databind.JsonNode} for any
 * @since 0.1
 */
@FunctionalInterface
public interface Listener<T> {

    /**
     * Hears one message.
     *
     * @param message the decoded message
     * @param ctx the message's context
     * @throws Exception to hand the message to the error handlers, and to the log if none takes it
     */
    void hear(T message, MessageContext ctx) throws Exception;
}

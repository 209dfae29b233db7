/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.socket;

import tools.jackson.databind.JsonNode;

/**
 * A message on the app's websocket on its way to its handler.
 *
 * <p>Not thread-safe, see {@link SocketExchange}.
 *
 * @since 0.1
 */
public interface SocketContext extends SocketExchange {

    /**
     * The message's type.
     *
     * @return as the client sent it
     */
    String type();

    /**
     * The message's data.
     *
     * @return any JSON; an empty object if the client sent none
     */
    JsonNode data();

    /**
     * The message's data, decoded.
     *
     * @param <T> the wanted type
     * @param type the wanted type
     * @return the decoded data
     * @throws dev.cyanotype.exchange.BadRequestException if the data is of another type
     */
    <T> T data(Class<T> type);

    /**
     * Sends the client a message of the type {@code progress}, before the answer.
     *
     * @param value what to send, encoded as JSON
     */
    void progress(Object value);
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.socket;

import dev.cyanotype.exchange.Exchange;
import dev.cyanotype.message.Callers;
import tools.jackson.databind.JsonNode;

/**
 * A websocket message on its way to its handler.
 *
 * <p>Not thread-safe, see {@link Exchange}.
 *
 * @since 0.1
 */
public interface SocketContext extends Exchange, Callers {

    /**
     * Who sent it.
     *
     * @return the client's id, unique within the app
     */
    String clientId();

    /**
     * The message's type.
     *
     * @return as declared with {@code socket}
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
}

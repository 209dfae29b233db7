/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.message;

import dev.cyanotype.exchange.Exchange;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A request for an action on its way to its handler.
 *
 * <p>Not thread-safe, see {@link Exchange}.
 *
 * @since 0.1
 */
public interface ActionContext extends Exchange, Callers {

    /**
     * The action's name on the wire.
     *
     * @return the name
     */
    String action();

    /**
     * What the caller sent.
     *
     * @return the payload; an empty object if the caller sent none
     */
    JsonNode payload();

    /**
     * What the caller sent, decoded.
     *
     * @param <T> the wanted type
     * @param type the wanted type
     * @return the decoded payload
     * @throws dev.cyanotype.exchange.BadRequestException if the payload is of another type
     */
    <T> T payload(Class<T> type);

    /**
     * The whole message that the request came in, for callers that put their data beside the payload.
     *
     * @return a JSON object, or the payload where there is no more to it
     */
    JsonNode message();

    /**
     * Until when the caller waits.
     *
     * @return empty if it did not say
     */
    Optional<Instant> deadline();

    /**
     * Whether nobody waits for the reply any more, so that a long-running handler may end early.
     *
     * @return true once the caller's deadline has passed, or it has cancelled
     */
    boolean isCancelled();

    /**
     * Sends a reply that is not the last.
     *
     * @param value anything that encodes to JSON
     */
    void progress(Object value);
}

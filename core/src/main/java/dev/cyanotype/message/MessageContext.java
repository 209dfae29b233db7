/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.message;

import dev.cyanotype.exchange.Exchange;
import tools.jackson.databind.JsonNode;

/**
 * A message on its way to a listener.
 *
 * <p>Not thread-safe, see {@link Exchange}.
 *
 * @since 0.1
 */
public interface MessageContext extends Exchange, Callers {

    /**
     * The channel it came on.
     *
     * @return the channel
     */
    String channel();

    /**
     * The whole message.
     *
     * @return a JSON object
     */
    JsonNode message();
}

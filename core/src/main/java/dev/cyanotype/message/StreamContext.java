/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.message;

import dev.cyanotype.exchange.Exchange;
import tools.jackson.databind.JsonNode;

/**
 * An entry of a stream on its way to its consumer.
 *
 * <p>Not thread-safe, see {@link Exchange}.
 *
 * @since 0.1
 */
public interface StreamContext extends Exchange, Callers {

    /**
     * The stream.
     *
     * @return its name
     */
    String stream();

    /**
     * The group that handles it.
     *
     * @return its name
     */
    String group();

    /**
     * The entry's own identifier, the same in each delivery.
     *
     * @return as the broker has it, such as {@code 1732190000000-0}
     */
    String id();

    /**
     * How often it was delivered, this time included.
     *
     * @return 1 or more
     */
    int deliveries();

    /**
     * The whole entry.
     *
     * @return a JSON object
     */
    JsonNode entry();
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.spi;

import java.util.Objects;
import tools.jackson.databind.JsonNode;

/**
 * An entry of a stream as a transport hands it to the {@link Dispatcher}.
 *
 * @param id the broker's identifier
 * @param value a JSON object
 * @param deliveries how often it was delivered, this time included, 1 or more
 * @since 0.1
 */
public record StreamEntry(String id, JsonNode value, int deliveries) {

    /**
     * Checks that nothing is null.
     *
     * @param id see the record
     * @param value see the record
     * @param deliveries see the record
     */
    public StreamEntry {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(value, "value");
    }

    /** Names the entry, never its value. */
    @Override
    public String toString() {
        return "StreamEntry[" + id + ", delivery " + deliveries + "]";
    }
}

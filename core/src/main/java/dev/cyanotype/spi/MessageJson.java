/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.spi;

import tools.jackson.databind.JsonNode;

/**
 * Reads and writes messages with the app's limits.
 *
 * <p>Implemented by the library only. Thread-safe.
 *
 * @since 0.1
 */
public interface MessageJson {

    /**
     * Reads a message. What Python's encoder writes beyond JSON ({@code NaN}, {@code Infinity}) is read too.
     *
     * @param message UTF-8
     * @return the message
     * @throws dev.cyanotype.exchange.BadRequestException if it is no JSON, or beyond the limits
     * @throws dev.cyanotype.exchange.PayloadTooLargeException if it is too large
     */
    JsonNode read(byte[] message);

    /**
     * Writes a message.
     *
     * @param message the message
     * @return UTF-8, without what is not JSON
     */
    byte[] write(JsonNode message);
}

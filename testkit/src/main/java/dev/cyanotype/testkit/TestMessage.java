/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

import tools.jackson.databind.JsonNode;

/**
 * A message that the app has published.
 *
 * @param channel the channel
 * @param message the message, a JSON object
 * @since 0.1
 */
public record TestMessage(String channel, JsonNode message) {

    /** Shows both, because that is what a failing test has to tell. */
    @Override
    public String toString() {
        return channel + " " + message;
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.socket;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A member of a room, on any replica.
 *
 * @param clientId the client's id
 * @param replica which replica it is connected to: an id that the replica has made at its start
 * @param about what was said about it when it joined, or null
 * @since 0.1
 */
public record Presence(
        String clientId, String replica, @Nullable JsonNode about) {

    /** Shows who, but not what was said about it. */
    @Override
    public String toString() {
        return "Presence[" + clientId + " on " + replica + "]";
    }
}

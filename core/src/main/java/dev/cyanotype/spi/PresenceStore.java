/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.spi;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Sets of who is there, which the replicas of an app share; offered by a bus through {@link Transport#as}.
 *
 * <p>Implemented by transports, and called on threads that may block. Thread-safe.
 *
 * @since 0.1
 */
public interface PresenceStore {

    /**
     * Puts entries into a set, or says that they are still there.
     *
     * @param set the set's name
     * @param entries what is known of each member, by its name; takes the place of what was known
     * @param timeToLive after this time each is gone, unless it is put again; 1 s or more
     * @throws dev.cyanotype.message.MessagingException if they may not have been put
     */
    void put(String set, Map<String, JsonNode> entries, Duration timeToLive);

    /**
     * Takes entries out of a set.
     *
     * @param set the set's name
     * @param members the names of members; unknown ones have no effect
     * @throws dev.cyanotype.message.MessagingException if they may not have been removed
     */
    void remove(String set, Collection<String> members);

    /**
     * What a set has.
     *
     * @param set the set's name
     * @return what is known of each member, by its name; 100 000 members at most
     * @throws dev.cyanotype.message.MessagingException if the store can't be asked
     */
    Map<String, JsonNode> entries(String set);
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.link;

import redis.clients.jedis.HostAndPort;

/** Where a link connects to, asked anew each time it does. Thread-safe. */
@FunctionalInterface
public interface Route {

    /** The node to connect to now; may ask others, and so take a while. */
    HostAndPort node();

    /** Notes that a connection failed, so that what is known of the nodes may be wrong; returns at once. */
    default void failed() {}

    /** Whether a link to a node is where it should be, as far as that is known; returns at once. */
    default boolean isRight(HostAndPort node) {
        return true;
    }

    /** Whether the node of which a command may write can be another one later. */
    default boolean mayChange() {
        return false;
    }
}

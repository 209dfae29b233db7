/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.link;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;

/** Leads to the node that has a key, wherever that is. */
final class TopologyRoute implements Route {

    private final Topology topology;
    private final byte @Nullable [] key;

    /**
     * A route.
     *
     * @param key null for what has no key, so that any node is right while it is one
     */
    TopologyRoute(Topology topology, byte @Nullable [] key) {
        this.topology = topology;
        this.key = key;
    }

    @Override
    public HostAndPort node() {
        return key == null ? topology.any() : topology.owner(key);
    }

    @Override
    public void failed() {
        topology.suspect();
    }

    @Override
    public boolean isRight(HostAndPort node) {
        if (key == null || !topology.isSharded()) {
            return topology.isMember(node);
        }
        HostAndPort owner = topology.known(key);
        return owner == null || owner.equals(node);
    }

    @Override
    public boolean mayChange() {
        return topology.mayChange();
    }

    @Override
    public String toString() {
        return topology.toString();
    }
}

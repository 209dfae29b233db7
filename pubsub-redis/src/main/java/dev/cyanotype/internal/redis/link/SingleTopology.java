/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.link;

import redis.clients.jedis.HostAndPort;

/** One node that has everything. */
record SingleTopology(HostAndPort node) implements Topology {

    @Override
    public HostAndPort any() {
        return node;
    }

    @Override
    public HostAndPort owner(byte[] key) {
        return node;
    }

    @Override
    public HostAndPort known(byte[] key) {
        return node;
    }

    @Override
    public boolean isMember(HostAndPort other) {
        return true;
    }

    @Override
    public boolean isSharded() {
        return false;
    }

    @Override
    public boolean countsSubscribers() {
        return true;
    }

    @Override
    public boolean mayChange() {
        return false;
    }

    @Override
    public void suspect() {}

    @Override
    public void watch(Runnable watcher) {}

    @Override
    public void close() {}

    @Override
    public String toString() {
        return node.toString();
    }
}

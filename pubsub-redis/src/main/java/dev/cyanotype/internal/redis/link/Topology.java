/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.link;

import redis.clients.jedis.HostAndPort;

/** Which nodes there are, and which has what. Thread-safe. */
public interface Topology extends AutoCloseable {

    /** A node for what has no key: classic channels are those of all nodes. */
    HostAndPort any();

    /** The node that has a key. */
    HostAndPort owner(byte[] key);

    /** Whether one node knows of all subscribers of a channel. */
    boolean countsSubscribers();

    /** For messages; holds no password. */
    @Override
    String toString();

    @Override
    void close();

    /** The one node there is. */
    static Topology single(HostAndPort node) {
        return new Topology() {

            @Override
            public HostAndPort any() {
                return node;
            }

            @Override
            public HostAndPort owner(byte[] key) {
                return node;
            }

            @Override
            public boolean countsSubscribers() {
                return true;
            }

            @Override
            public void close() {}

            @Override
            public String toString() {
                return node.toString();
            }
        };
    }
}

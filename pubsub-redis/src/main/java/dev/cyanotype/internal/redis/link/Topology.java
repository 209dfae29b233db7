/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.link;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;

/** Which nodes there are, and which has what. Thread-safe. */
public interface Topology extends AutoCloseable {

    /** A node for what has no key: classic channels are those of all nodes. */
    HostAndPort any();

    /** The node that has a key. */
    HostAndPort owner(byte[] key);

    /** The node that has a key as far as that is known, or null; returns at once. */
    @Nullable
    HostAndPort known(byte[] key);

    /** Whether commands may be sent to a node, as far as that is known; returns at once. */
    boolean isMember(HostAndPort node);

    /** Whether several nodes share the keys. */
    boolean isSharded();

    /** Where several nodes share the keys, all of them that are known; returns at once. */
    default Set<HostAndPort> nodes() {
        return Set.of();
    }

    /** Whether one node knows of all subscribers of a classic channel. */
    boolean countsSubscribers();

    /** Has it found out anew soon; returns at once. */
    void suspect();

    /** Has something done, on a thread of the topology, each time it was found out. */
    void watch(Runnable watcher);

    /** How links find a node for what has no key. */
    default Route toAny() {
        return new TopologyRoute(this, null);
    }

    /** How links find the node that has a key. */
    default Route toOwner(byte[] key) {
        return new TopologyRoute(this, key);
    }

    /** Whether {@link #any()} can be another node later. */
    boolean mayChange();

    /** For messages; holds no password. */
    @Override
    String toString();

    @Override
    void close();

    /** The one node there is. */
    static Topology single(HostAndPort node) {
        return new SingleTopology(node);
    }

    /**
     * The node that sentinels say is the master.
     *
     * @param sentinelConfig how sentinels are talked to
     */
    static Topology sentinel(
            String master, Set<HostAndPort> sentinels, JedisClientConfig config, JedisClientConfig sentinelConfig) {
        return new SentinelTopology(master, sentinels, config, sentinelConfig);
    }

    /**
     * The nodes of a cluster.
     *
     * @param known some of them, of which one must be up to begin with
     */
    static Topology cluster(Set<HostAndPort> known, JedisClientConfig config) {
        return new ClusterTopology(known, config);
    }
}

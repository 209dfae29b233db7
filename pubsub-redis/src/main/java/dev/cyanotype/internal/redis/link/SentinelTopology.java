/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.link;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.providers.SentineledConnectionProvider;

/**
 * The master of sentinels, which tell when it is another one.
 *
 * <p>Its own connections to them may be dead without a sign, so where the master can't be used, they are asked anew.
 */
final class SentinelTopology implements Topology {

    /** How long sentinels are believed where the master that they named can't be used. */
    private static final long BELIEVED = Duration.ofSeconds(10).toNanos();

    private final String master;
    private final Set<HostAndPort> sentinels;
    private final Discovery<SentineledConnectionProvider> discovery;

    SentinelTopology(
            String master, Set<HostAndPort> sentinels, JedisClientConfig config, JedisClientConfig sentinelConfig) {
        this.master = master;
        this.sentinels = sentinels;
        this.discovery = new Discovery<>(
                () -> new SentineledConnectionProvider(master, config, sentinels, sentinelConfig),
                SentineledConnectionProvider::close,
                () -> {});
    }

    @Override
    public HostAndPort any() {
        return discovery.get().getCurrentMaster();
    }

    @Override
    public HostAndPort owner(byte[] key) {
        return any();
    }

    @Override
    public @Nullable HostAndPort known(byte[] key) {
        SentineledConnectionProvider known = discovery.known();
        return known == null ? null : known.getCurrentMaster();
    }

    @Override
    public boolean isMember(HostAndPort node) {
        SentineledConnectionProvider known = discovery.known();
        return known == null || known.getCurrentMaster().equals(node);
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
        return true;
    }

    @Override
    public void suspect() {
        discovery.forget(BELIEVED);
    }

    @Override
    public void watch(Runnable watcher) {}

    @Override
    public void close() {
        discovery.close();
    }

    @Override
    public String toString() {
        Set<String> names = new TreeSet<>();
        sentinels.forEach(sentinel -> names.add(sentinel.toString()));
        return "'" + master + "' of the sentinels " + String.join(", ", names);
    }
}

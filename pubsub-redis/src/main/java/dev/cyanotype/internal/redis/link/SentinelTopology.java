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
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.providers.SentineledConnectionProvider;

/**
 * The master of sentinels, which tell when it is another one.
 *
 * <p>Its own connections to them may be dead without a sign, so where the master can't be used, they are asked anew.
 */
final class SentinelTopology implements Topology {

    /** How long sentinels are believed where the master that they named can't be used. */
    private static final long BELIEVED = Duration.ofSeconds(10).toNanos();

    /** Links that connect at the same time do not ask one after the other where nobody answers. */
    private static final long REPEATED = Duration.ofMillis(250).toNanos();

    private final String master;
    private final Set<HostAndPort> sentinels;
    private final JedisClientConfig config;
    private final JedisClientConfig sentinelConfig;
    private volatile @Nullable SentineledConnectionProvider provider;
    private volatile long asked;
    private @Nullable JedisException failure;
    private long failed;
    private boolean closed;

    SentinelTopology(
            String master, Set<HostAndPort> sentinels, JedisClientConfig config, JedisClientConfig sentinelConfig) {
        this.master = master;
        this.sentinels = sentinels;
        this.config = config;
        this.sentinelConfig = sentinelConfig;
    }

    @Override
    public HostAndPort any() {
        SentineledConnectionProvider known = provider;
        return (known == null ? ask() : known).getCurrentMaster();
    }

    private synchronized SentineledConnectionProvider ask() {
        if (closed) {
            throw new IllegalStateException("the connection to redis is closed");
        }
        SentineledConnectionProvider known = provider;
        if (known != null) {
            return known;
        }
        JedisException last = failure;
        if (last != null && System.nanoTime() - failed < REPEATED) {
            throw last;
        }
        try {
            known = new SentineledConnectionProvider(master, config, sentinels, sentinelConfig);
        } catch (JedisException e) {
            failure = e;
            failed = System.nanoTime();
            throw e;
        }
        failure = null;
        asked = System.nanoTime();
        provider = known;
        return known;
    }

    @Override
    public HostAndPort owner(byte[] key) {
        return any();
    }

    @Override
    public @Nullable HostAndPort known(byte[] key) {
        SentineledConnectionProvider known = provider;
        return known == null ? null : known.getCurrentMaster();
    }

    @Override
    public boolean isMember(HostAndPort node) {
        SentineledConnectionProvider known = provider;
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
    public synchronized void suspect() {
        SentineledConnectionProvider known = provider;
        if (known != null && System.nanoTime() - asked > BELIEVED) {
            provider = null;
            known.close();
        }
    }

    @Override
    public void watch(Runnable watcher) {}

    @Override
    public synchronized void close() {
        closed = true;
        SentineledConnectionProvider known = provider;
        provider = null;
        if (known != null) {
            known.close();
        }
    }

    @Override
    public String toString() {
        Set<String> names = new TreeSet<>();
        sentinels.forEach(sentinel -> names.add(sentinel.toString()));
        return "'" + master + "' of the sentinels " + String.join(", ", names);
    }
}

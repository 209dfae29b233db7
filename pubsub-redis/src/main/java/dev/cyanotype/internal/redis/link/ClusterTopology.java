/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.link;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.providers.ClusterConnectionProvider;
import redis.clients.jedis.util.JedisClusterCRC16;

/** The nodes of a cluster, asked for anew now and then, and when there is reason to. */
final class ClusterTopology implements Topology {

    private static final Logger LOG = LoggerFactory.getLogger("dev.cyanotype.redis");

    /** A node that has left the cluster says nothing, so it must be noticed. */
    private static final Duration PERIOD = Duration.ofSeconds(10);

    /** How long to wait before asking, so that many reasons lead to one question. */
    private static final Duration GATHERING = Duration.ofMillis(50);

    private final Set<HostAndPort> nodes;
    private final Discovery<ClusterConnectionProvider> discovery;
    private final ScheduledThreadPoolExecutor refresher;
    private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
    private final AtomicBoolean suspected = new AtomicBoolean();

    ClusterTopology(Set<HostAndPort> nodes, JedisClientConfig config) {
        this.nodes = nodes;
        this.discovery = new Discovery<>(
                () -> new ClusterConnectionProvider(nodes, config), ClusterConnectionProvider::close, this::follow);
        this.refresher = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "cyanotype-redis-topology");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public HostAndPort any() {
        // Of a random slot, and so a master that has one.
        HostAndPort node = discovery.get().getNode(ThreadLocalRandom.current().nextInt(Protocol.CLUSTER_HASHSLOTS));
        return found(node);
    }

    @Override
    public HostAndPort owner(byte[] key) {
        return found(discovery.get().getNode(JedisClusterCRC16.getSlot(key)));
    }

    private HostAndPort found(@Nullable HostAndPort node) {
        if (node == null) {
            suspect();
            throw new JedisException("no node of the cluster has this slot");
        }
        return node;
    }

    private void follow() {
        refresher.execute(this::tell);
        refresher.scheduleWithFixedDelay(this::refresh, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public @Nullable HostAndPort known(byte[] key) {
        ClusterConnectionProvider known = discovery.known();
        return known == null ? null : known.getNode(JedisClusterCRC16.getSlot(key));
    }

    @Override
    public boolean isMember(HostAndPort node) {
        ClusterConnectionProvider known = discovery.known();
        return known == null || known.getNodes().containsKey(node.toString());
    }

    @Override
    public Set<HostAndPort> nodes() {
        ClusterConnectionProvider known = discovery.known();
        Set<HostAndPort> all = new HashSet<>();
        if (known != null) {
            known.getNodes().keySet().forEach(node -> all.add(HostAndPort.from(node)));
        }
        return all;
    }

    @Override
    public boolean isSharded() {
        return true;
    }

    @Override
    public boolean countsSubscribers() {
        return false;
    }

    @Override
    public boolean mayChange() {
        return false;
    }

    @Override
    public void suspect() {
        if (suspected.compareAndSet(false, true)) {
            try {
                refresher.schedule(this::refresh, GATHERING.toMillis(), TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                // It is closed.
            }
        }
    }

    private void refresh() {
        suspected.set(false);
        ClusterConnectionProvider known = discovery.known();
        if (known == null) {
            return;
        }
        try {
            known.renewSlotCache();
        } catch (RuntimeException e) {
            LOG.debug("the nodes of the cluster could not be asked for", e);
        }
        tell();
    }

    private void tell() {
        for (Runnable watcher : watchers) {
            try {
                watcher.run();
            } catch (RuntimeException e) {
                LOG.error("{}: a change of its nodes could not be followed", this, e);
            }
        }
    }

    @Override
    public void watch(Runnable watcher) {
        watchers.add(watcher);
    }

    @Override
    public void close() {
        refresher.shutdownNow();
        discovery.close();
    }

    @Override
    public String toString() {
        Set<String> names = new TreeSet<>();
        nodes.forEach(node -> names.add(node.toString()));
        return "the cluster of " + String.join(", ", names);
    }
}

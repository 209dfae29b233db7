/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.link;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;

/**
 * Hears channels that are each on the node that owns their slot, over one link for each node.
 *
 * <p>A node that gives a slot away ends what is heard there. Then its link is cut, the nodes are found out anew, and each
 * channel moves to the link of its owner.
 */
final class ShardedSubscription implements ChannelLink {

    private static final Duration GLANCE = Duration.ofMillis(20);

    private final String name;
    private final Topology topology;
    private final LinkConfig config;
    private final ScheduledExecutorService timer;
    private final Subscriber subscriber;

    /** Guards everything below. */
    private final Object lock = new Object();

    private final Set<String> channels;
    private final Map<HostAndPort, SubscriberLink> links = new HashMap<>();
    private long reconnectsOfGone;
    private boolean started;
    private boolean closed;

    ShardedSubscription(
            String name,
            Topology topology,
            LinkConfig config,
            ScheduledExecutorService timer,
            Collection<String> channels,
            Subscriber subscriber) {
        this.name = name;
        this.topology = topology;
        this.config = config;
        this.timer = timer;
        this.channels = new TreeSet<>(channels);
        this.subscriber = subscriber;
    }

    @Override
    public void start() {
        synchronized (lock) {
            started = true;
        }
        topology.watch(this::place);
        place();
    }

    @Override
    public void subscribe(String channel) {
        synchronized (lock) {
            channels.add(channel);
            if (!started) {
                return;
            }
        }
        place();
    }

    @Override
    public boolean hears(String channel) {
        synchronized (lock) {
            return links.values().stream().anyMatch(link -> link.hears(channel));
        }
    }

    /** Brings each channel to the link of its owner. */
    private void place() {
        List<SubscriberLink> gone = new ArrayList<>();
        synchronized (lock) {
            if (closed) {
                return;
            }
            Map<HostAndPort, SubscriberLink> before = Map.copyOf(links);
            for (String channel : channels) {
                HostAndPort owner = topology.known(channel.getBytes(StandardCharsets.UTF_8));
                if (owner != null) {
                    place(channel, owner, before);
                }
            }
            links.values().removeIf(link -> {
                if (link.channels().isEmpty()) {
                    reconnectsOfGone += link.reconnects();
                    gone.add(link);
                    return true;
                }
                return false;
            });
        }
        gone.forEach(SubscriberLink::close);
    }

    private void place(String channel, HostAndPort owner, Map<HostAndPort, SubscriberLink> before) {
        Instant since = null;
        for (Map.Entry<HostAndPort, SubscriberLink> link : before.entrySet()) {
            if (link.getValue().channels().contains(channel)) {
                if (link.getKey().equals(owner)) {
                    return;
                }
                since = link.getValue().heardUntil(channel);
                link.getValue().unsubscribe(Set.of(channel));
            }
        }
        SubscriberLink link = links.get(owner);
        if (link == null) {
            link = new SubscriberLink(
                    name + "-" + owner, to(owner), config, timer, ChannelKind.SHARDED, Set.of(), subscriber);
            link.subscribe(channel, since);
            links.put(owner, link);
            link.start();
        } else {
            link.subscribe(channel, since);
        }
    }

    private Route to(HostAndPort node) {
        return new Route() {

            @Override
            public HostAndPort node() {
                return node;
            }

            @Override
            public void failed() {
                topology.suspect();
            }
        };
    }

    @Override
    public void unsubscribe(Collection<String> gone) {
        List<SubscriberLink> all;
        synchronized (lock) {
            gone.forEach(channels::remove);
            all = List.copyOf(links.values());
        }
        all.forEach(link -> {
            Set<String> here = new HashSet<>(link.channels());
            here.retainAll(gone);
            link.unsubscribe(here);
        });
    }

    @Override
    public boolean isReady() {
        synchronized (lock) {
            Set<String> heard = new HashSet<>();
            for (SubscriberLink link : links.values()) {
                if (!link.hearsAll()) {
                    return false;
                }
                heard.addAll(link.channels());
            }
            return !closed && heard.containsAll(channels);
        }
    }

    @Override
    public void awaitReady(Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!isReady()) {
            SubscriberLink failed = failed();
            Throwable failure = failed == null ? null : failed.lastFailure();
            boolean late = System.nanoTime() >= deadline;
            if (failed != null && failure != null && (late || Failures.isRefused(failure))) {
                throw failed.unusable(failure);
            } else if (late) {
                throw Failures.of(
                        "redis at " + topology + " can't be used",
                        new TimeoutException("not all channels are heard within " + timeout.toMillis() + " ms"));
            }
            Thread.sleep(GLANCE.toMillis());
        }
    }

    private @Nullable SubscriberLink failed() {
        synchronized (lock) {
            return links.values().stream()
                    .filter(link -> link.lastFailure() != null)
                    .findFirst()
                    .orElse(null);
        }
    }

    @Override
    public void awaitAttempt(Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!isReady() && failed() == null && System.nanoTime() < deadline) {
            Thread.sleep(GLANCE.toMillis());
        }
    }

    @Override
    public long reconnects() {
        synchronized (lock) {
            return reconnectsOfGone
                    + links.values().stream()
                            .mapToLong(SubscriberLink::reconnects)
                            .sum();
        }
    }

    @Override
    public void close() {
        List<SubscriberLink> all;
        synchronized (lock) {
            closed = true;
            all = List.copyOf(links.values());
            links.clear();
        }
        all.forEach(SubscriberLink::close);
    }
}

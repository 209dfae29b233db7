/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.bus;

import dev.cyanotype.internal.redis.link.ChannelLink;
import dev.cyanotype.spi.Subscription;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * What hears channels besides the app's listeners: on their links where they hear the same channel, else on one that is made
 * when it is needed. Thread-safe.
 */
final class Subscriptions {

    private static final Logger LOG = LoggerFactory.getLogger("dev.cyanotype.redis");

    /** How long who subscribes waits until Redis knows of it. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final String app;

    /** The links of the listeners' channels. */
    private final Map<String, ChannelLink> listening;

    private final Supplier<ChannelLink> opening;

    /** Read without the lock, by threads that read from Redis. */
    private final Map<String, List<Heard>> subscriptions = new ConcurrentHashMap<>();

    /** Held while it is sent what a link shall hear, so that Redis is told in the order in which it was wanted. */
    private final ReentrantLock lock = new ReentrantLock();

    private volatile @Nullable ChannelLink further;
    private boolean started;
    private boolean closed;

    /** Whether the listeners' channels are heard for subscriptions only. */
    private boolean ended;

    private final ReentrantLock waiting = new ReentrantLock();
    private final Condition heard = waiting.newCondition();
    private final AtomicInteger waiters = new AtomicInteger();

    /**
     * No subscriptions yet.
     *
     * @param listening the links of the channels that listeners hear
     * @param opening makes a link for further channels, not started
     */
    Subscriptions(String app, Map<String, ChannelLink> listening, Supplier<ChannelLink> opening) {
        this.app = app;
        this.listening = Map.copyOf(listening);
        this.opening = opening;
    }

    private final class Heard implements Subscription {

        private final String channel;
        private final Consumer<JsonNode> listener;

        /** One message at a time, also while a channel moves from one connection to another. */
        private final ReentrantLock turn = new ReentrantLock();

        private volatile boolean over;

        private Heard(String channel, Consumer<JsonNode> listener) {
            this.channel = channel;
            this.listener = listener;
        }

        private void hear(JsonNode message) {
            turn.lock();
            try {
                if (!over) {
                    listener.accept(message);
                }
            } catch (Throwable e) {
                LOG.error("the listener of a subscription of '{}' failed", channel, e);
            } finally {
                turn.unlock();
            }
        }

        @Override
        public void close() {
            over = true;
            remove(this);
        }
    }

    /** Connects, if there is anything to hear yet; later ones connect when they come. */
    void start() {
        lock.lock();
        try {
            started = true;
            if (further != null) {
                further.start();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The link that is not one of the listeners', or null while nobody needs it. */
    @Nullable
    ChannelLink link() {
        return further;
    }

    /**
     * Hears a channel.
     *
     * @throws IllegalStateException if this is closed
     */
    Subscription add(String channel, Consumer<JsonNode> listener) {
        Heard added = new Heard(channel, listener);
        ChannelLink link;
        boolean wait;
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("app '" + app + "' is stopped, so it can't hear channels");
            }
            link = linkOf(channel);
            List<Heard> before = subscriptions.getOrDefault(channel, List.of());
            subscriptions.put(
                    channel, Stream.concat(before.stream(), Stream.of(added)).toList());
            if (before.isEmpty() && !isListenedTo(channel)) {
                link.subscribe(channel);
            }
            wait = started;
        } finally {
            lock.unlock();
        }
        if (wait) {
            awaitHeard(link, added);
        }
        return added;
    }

    private ChannelLink linkOf(String channel) {
        ChannelLink link = listening.get(channel);
        if (link != null) {
            return link;
        }
        ChannelLink own = further;
        if (own == null) {
            own = opening.get();
            further = own;
            if (started) {
                own.start();
            }
        }
        return own;
    }

    private boolean isListenedTo(String channel) {
        return !ended && listening.containsKey(channel);
    }

    private void awaitHeard(ChannelLink link, Heard added) {
        long left = PATIENCE.toNanos();
        waiters.incrementAndGet();
        waiting.lock();
        try {
            while (left > 0 && !added.over && !link.hears(added.channel)) {
                left = heard.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            // It takes effect without somebody who waits for that, too.
            Thread.currentThread().interrupt();
        } finally {
            waiting.unlock();
            waiters.decrementAndGet();
        }
    }

    /** Redis has confirmed a channel. */
    void heard() {
        if (waiters.get() > 0) {
            wake();
        }
    }

    private void wake() {
        waiting.lock();
        try {
            heard.signalAll();
        } finally {
            waiting.unlock();
        }
    }

    private void remove(Heard gone) {
        lock.lock();
        try {
            List<Heard> before = subscriptions.getOrDefault(gone.channel, List.of());
            List<Heard> left = before.stream().filter(one -> one != gone).toList();
            if (left.size() == before.size()) {
                return;
            }
            if (!left.isEmpty()) {
                subscriptions.put(gone.channel, left);
                return;
            }
            subscriptions.remove(gone.channel);
            if (!isListenedTo(gone.channel)) {
                linkOf(gone.channel).unsubscribe(Set.of(gone.channel));
            }
        } finally {
            lock.unlock();
        }
        wake();
    }

    boolean has(String channel) {
        return subscriptions.containsKey(channel);
    }

    /** Gives a message to all who hear its channel; runs on the thread that reads. */
    void take(String channel, JsonNode message) {
        for (Heard one : subscriptions.getOrDefault(channel, List.of())) {
            one.hear(message);
        }
    }

    /**
     * Hears the listeners' channels no more, except those that are subscribed to.
     *
     * @return the exceptions
     */
    Set<String> endListening() {
        lock.lock();
        try {
            ended = true;
            Set<String> kept = new HashSet<>();
            listening.forEach((channel, link) -> {
                if (has(channel)) {
                    kept.add(channel);
                } else {
                    link.unsubscribe(Set.of(channel));
                }
            });
            return kept;
        } finally {
            lock.unlock();
        }
    }

    /** Whether all that was subscribed to is heard, or about to be. */
    boolean isReady() {
        ChannelLink link = further;
        return link == null || link.isReady() || waiters.get() > 0;
    }

    long reconnects() {
        ChannelLink link = further;
        return link == null ? 0 : link.reconnects();
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            subscriptions.values().forEach(all -> all.forEach(one -> one.over = true));
            subscriptions.clear();
        } finally {
            lock.unlock();
        }
        wake();
        ChannelLink link = further;
        if (link != null) {
            link.close();
        }
    }
}

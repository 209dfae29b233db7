/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.testkit.broker;

import dev.cyanotype.message.MessagingException;
import dev.cyanotype.message.Overflow;
import dev.cyanotype.spi.ListenerLane;
import dev.cyanotype.spi.MountedListener;
import dev.cyanotype.spi.MountedOperation;
import dev.cyanotype.spi.OperationKind;
import dev.cyanotype.spi.Subscription;
import dev.cyanotype.spi.TransportContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** What one replica hears of channels: its listeners, each behind its queue, and subscriptions. Thread-safe. */
final class Hearing {

    private static final Logger LOG = LoggerFactory.getLogger("dev.cyanotype.testkit");

    private final Connection connection;
    private final Map<String, List<Ear>> listeners = new LinkedHashMap<>();

    /** Guarded by this. */
    private final Map<String, List<Heard>> subscriptions = new HashMap<>();

    private final Queue<Runnable> arrived = new ArrayDeque<>();
    private boolean taking;
    private volatile boolean listening = true;
    private volatile boolean closed;

    /** A listener behind its queue; the broker keeps what one that is never to lose anything has no room for. */
    private static final class Ear {

        private final ListenerLane lane;
        private final boolean keeps;
        private final int room;
        private final Queue<JsonNode> kept = new ArrayDeque<>();
        private int queued;

        Ear(TransportContext context, MountedListener listener) {
            lane = new ListenerLane(context, listener);
            keeps = listener.options().overflow() == Overflow.BLOCK;
            room = listener.options().capacity();
        }

        void hear(JsonNode shared) {
            if (!keeps) {
                JsonNode own = shared.deepCopy();
                offer(() -> own);
                return;
            }
            synchronized (this) {
                kept.add(shared);
            }
            feed();
        }

        /** Fills the queue up, but no further: who offers more would have to wait. */
        private void feed() {
            while (true) {
                JsonNode next;
                synchronized (this) {
                    if (kept.isEmpty() || queued == room) {
                        return;
                    }
                    queued++;
                    next = kept.remove();
                }
                offer(() -> {
                    synchronized (this) {
                        queued--;
                    }
                    feed();
                    return next.deepCopy();
                });
            }
        }

        private void offer(Supplier<@Nullable JsonNode> message) {
            try {
                lane.offer(message);
            } catch (MessagingException e) {
                LOG.error("{}", e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private final class Heard implements Subscription {

        private final String channel;
        private final Consumer<JsonNode> listener;
        private volatile boolean ended;

        Heard(String channel, Consumer<JsonNode> listener) {
            this.channel = channel;
            this.listener = listener;
        }

        void hear(JsonNode message) {
            if (ended) {
                return;
            }
            try {
                listener.accept(message);
            } catch (Throwable e) {
                LOG.error("the listener of a subscription of '{}' failed", channel, e);
            }
        }

        @Override
        public void close() {
            ended = true;
            remove(this);
        }
    }

    Hearing(Connection connection, TransportContext context) {
        this.connection = connection;
        for (MountedOperation listener : context.operations(OperationKind.LISTENER)) {
            listeners
                    .computeIfAbsent(listener.address(), channel -> new CopyOnWriteArrayList<>())
                    .add(new Ear(context, (MountedListener) listener));
        }
    }

    /** How many hear a channel. */
    synchronized int hearers(String channel) {
        int declared = listening ? listeners.getOrDefault(channel, List.of()).size() : 0;
        return declared + subscriptions.getOrDefault(channel, List.of()).size();
    }

    /** Hears a channel from now on; the caller sees to it that this is not closed. */
    synchronized Subscription subscribe(String channel, Consumer<JsonNode> listener) {
        Heard added = new Heard(channel, listener);
        List<Heard> all = new ArrayList<>(subscriptions.getOrDefault(channel, List.of()));
        all.add(added);
        subscriptions.put(channel, all);
        return added;
    }

    private synchronized void remove(Heard gone) {
        List<Heard> all = new ArrayList<>(subscriptions.getOrDefault(gone.channel, List.of()));
        all.remove(gone);
        if (all.isEmpty()) {
            subscriptions.remove(gone.channel);
        } else {
            subscriptions.put(gone.channel, all);
        }
    }

    private synchronized List<Heard> subscribed(String channel) {
        return subscriptions.getOrDefault(channel, List.of());
    }

    /** Takes a message, which is heard after those before it. */
    void message(String channel, JsonNode shared) {
        List<Heard> now = subscribed(channel);
        take(() -> {
            now.forEach(one -> one.hear(shared));
            if (listening) {
                listeners.getOrDefault(channel, List.of()).forEach(ear -> ear.hear(shared));
            }
        });
    }

    /** Tells all listeners, after what was heard before, that messages were missed. */
    void missed(Instant from, Instant to) {
        if (!listeners.isEmpty()) {
            take(() -> listeners.values().forEach(ears -> ears.forEach(ear -> ear.lane.missed(from, to))));
        }
    }

    private void take(Runnable arrival) {
        synchronized (arrived) {
            arrived.add(arrival);
            if (taking) {
                // Whoever is at it takes this next.
                return;
            }
        }
        connection.inTurn(this::takeNext);
    }

    /** One at a time, so that listeners have heard what was before. */
    private void takeNext() {
        Runnable next;
        synchronized (arrived) {
            if (closed || taking || arrived.isEmpty()) {
                return;
            }
            next = arrived.remove();
            taking = true;
        }
        boolean more;
        try {
            next.run();
        } finally {
            synchronized (arrived) {
                taking = false;
                more = !arrived.isEmpty();
            }
        }
        if (more) {
            connection.inTurn(this::takeNext);
        }
    }

    /** Gives the listeners nothing more. */
    void quiesce() {
        listening = false;
    }

    boolean awaitHeard(long deadline) throws InterruptedException {
        boolean heard = true;
        for (List<Ear> ears : listeners.values()) {
            for (Ear ear : ears) {
                heard &= ear.lane.awaitEmpty(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
            }
        }
        return heard;
    }

    void counters(Map<String, Long> counters) {
        listeners.forEach((channel, ears) -> counters.put(
                "listener." + channel + ".dropped",
                ears.stream().mapToLong(ear -> ear.lane.dropped()).sum()));
    }

    void close() {
        closed = true;
        synchronized (this) {
            subscriptions.values().forEach(all -> all.forEach(one -> one.ended = true));
            subscriptions.clear();
        }
        listeners.values().forEach(ears -> ears.forEach(ear -> ear.lane.close()));
    }
}

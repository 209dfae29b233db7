/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.spi;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * What hears channels of a {@link MessageBus} in this process besides the app's listeners.
 *
 * <p>Whoever brings a message delivers it, unless somebody delivers on that channel already, who then does it next. So each
 * message comes after the one before, also where a listener publishes or two threads do, and no lock is held while a listener
 * runs. What a listener throws is logged. Thread-safe.
 *
 * @since 0.1
 */
public final class LocalSubscriptions {

    private static final Logger LOG = LoggerFactory.getLogger("dev.cyanotype.message");

    private record Delivery(JsonNode message, List<Heard> to) {}

    private final String app;

    /** Guarded by this. */
    private final Map<String, Channel> channels = new HashMap<>();

    private boolean closed;

    /** Guarded as the map is. */
    private static final class Channel {

        private List<Heard> subscriptions = List.of();
        private final Queue<Delivery> waiting = new ArrayDeque<>();
        private boolean delivering;
    }

    private final class Heard implements Subscription {

        private final String channel;
        private final Consumer<JsonNode> listener;
        private volatile boolean ended;

        private Heard(String channel, Consumer<JsonNode> listener) {
            this.channel = channel;
            this.listener = listener;
        }

        private void hear(JsonNode message) {
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

    /**
     * Nobody hears anything.
     *
     * @param app the app's name, for errors
     */
    public LocalSubscriptions(String app) {
        this.app = Objects.requireNonNull(app, "app");
    }

    /**
     * Hears a channel from now on, as {@link MessageBus#subscribe} says.
     *
     * @param channel the channel
     * @param listener is given each message
     * @return what ends it
     * @throws IllegalStateException if this is closed
     */
    public synchronized Subscription add(String channel, Consumer<JsonNode> listener) {
        Objects.requireNonNull(channel, "channel");
        Objects.requireNonNull(listener, "listener");
        if (closed) {
            throw new IllegalStateException("app '" + app + "' is stopped, so it can't hear channels");
        }
        Heard added = new Heard(channel, listener);
        Channel of = channels.computeIfAbsent(channel, name -> new Channel());
        List<Heard> all = new ArrayList<>(of.subscriptions);
        all.add(added);
        of.subscriptions = List.copyOf(all);
        return added;
    }

    private synchronized void remove(Heard gone) {
        Channel of = channels.get(gone.channel);
        if (of == null) {
            return;
        }
        of.subscriptions = of.subscriptions.stream().filter(one -> one != gone).toList();
        if (of.subscriptions.isEmpty() && !of.delivering) {
            channels.remove(gone.channel);
        }
    }

    /**
     * Gives a message to all who hear the channel now.
     *
     * @param channel the channel
     * @param message a JSON object, of which all of them share a copy
     * @return how many they are
     */
    public int publish(String channel, JsonNode message) {
        Channel of;
        int count;
        synchronized (this) {
            of = channels.get(channel);
            if (of == null || of.subscriptions.isEmpty()) {
                return 0;
            }
            count = of.subscriptions.size();
            of.waiting.add(new Delivery(message.deepCopy(), of.subscriptions));
            if (of.delivering) {
                return count;
            }
            of.delivering = true;
        }
        for (Delivery next = next(channel, of); next != null; next = next(channel, of)) {
            for (Heard one : next.to()) {
                one.hear(next.message());
            }
        }
        return count;
    }

    private synchronized @Nullable Delivery next(String channel, Channel of) {
        Delivery next = of.waiting.poll();
        if (next == null) {
            of.delivering = false;
            if (of.subscriptions.isEmpty()) {
                channels.remove(channel, of);
            }
        }
        return next;
    }

    /** Calls nobody any more, and takes no further subscription. */
    public synchronized void close() {
        closed = true;
        channels.values().forEach(of -> of.subscriptions.forEach(one -> one.ended = true));
        channels.clear();
    }
}

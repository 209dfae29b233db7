/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

import dev.cyanotype.spi.Subscription;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** What hears a channel besides the app's listeners. Thread-safe. */
final class InMemorySubscription implements Subscription {

    private static final Logger LOG = LoggerFactory.getLogger("dev.cyanotype.testkit");

    private final String channel;
    private final Consumer<JsonNode> listener;
    private final Consumer<InMemorySubscription> onClose;

    /** One message at a time, whoever publishes. */
    private final Lock turn = new ReentrantLock();

    private volatile boolean closed;

    InMemorySubscription(String channel, Consumer<JsonNode> listener, Consumer<InMemorySubscription> onClose) {
        this.channel = channel;
        this.listener = listener;
        this.onClose = onClose;
    }

    String channel() {
        return channel;
    }

    void hear(JsonNode message) {
        turn.lock();
        try {
            if (!closed) {
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
        closed = true;
        onClose.accept(this);
    }
}

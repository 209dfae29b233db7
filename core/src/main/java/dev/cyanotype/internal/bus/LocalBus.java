/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.bus;

import dev.cyanotype.internal.concurrent.InFlight;
import dev.cyanotype.message.MessagingException;
import dev.cyanotype.message.NoResponderException;
import dev.cyanotype.spi.ActionRequest;
import dev.cyanotype.spi.ListenerLanes;
import dev.cyanotype.spi.LocalActions;
import dev.cyanotype.spi.LocalSubscriptions;
import dev.cyanotype.spi.MessageBus;
import dev.cyanotype.spi.Reply;
import dev.cyanotype.spi.Subscription;
import dev.cyanotype.spi.TransportContext;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The bus of an app that has no broker: its own actions, listeners and streams, in this process. */
public final class LocalBus implements MessageBus {

    private final TransportContext context;
    private final LocalActions actions;
    private final ListenerLanes listeners;
    private final LocalSubscriptions subscriptions;
    private final LocalStreams streams;

    /** How much was ever asked of this bus. */
    private final AtomicLong sent = new AtomicLong();

    private volatile boolean closed;

    public LocalBus(TransportContext context) {
        this.context = context;
        this.actions = new LocalActions(context);
        this.listeners = new ListenerLanes(context);
        this.subscriptions = new LocalSubscriptions(context.app());
        this.streams = new LocalStreams(context);
    }

    @Override
    public void start() {}

    @Override
    public long publish(String channel, JsonNode message) {
        checkOpen();
        sent.incrementAndGet();
        // Before the lanes, of which one may make the publisher wait.
        long taken = subscriptions.publish(channel, message);
        try {
            return taken
                    + listeners.offer(channel, lane -> {
                        JsonNode copy = message.deepCopy();
                        return () -> copy;
                    });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MessagingException(
                    MessagingException.Reason.OTHER,
                    "broadcast on '" + channel + "': interrupted while it waited for a listener",
                    e);
        }
    }

    @Override
    public Subscription subscribe(String channel, Consumer<JsonNode> listener) {
        return subscriptions.add(channel, listener);
    }

    @Override
    public boolean isShared() {
        return false;
    }

    @Override
    public String append(String stream, @Nullable String key, JsonNode entry) {
        checkOpen();
        sent.incrementAndGet();
        return streams.append(stream, key, entry.deepCopy());
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("app '" + context.app() + "' is stopped, so it can't send messages");
        }
    }

    @Override
    public CompletableFuture<Reply> request(String service, ActionRequest request) {
        if (closed || actions.isEmpty() || !service.equals(context.app())) {
            return CompletableFuture.failedFuture(new NoResponderException(service, request.action()));
        }
        sent.incrementAndGet();
        return actions.run(request);
    }

    @Override
    public void drain(Duration budget) throws InterruptedException {
        long deadline = InFlight.deadline(budget);
        long before;
        do {
            before = sent.get();
            // What ends meanwhile may set off something else, behind the back of who looks.
        } while (awaitQuiet(deadline) && sent.get() != before);
    }

    private boolean awaitQuiet(long deadline) throws InterruptedException {
        boolean quiet = actions.awaitNone(InFlight.left(deadline));
        quiet &= listeners.awaitEmpty(InFlight.left(deadline));
        return streams.awaitEmpty(deadline) && quiet;
    }

    @Override
    public Map<String, Long> counters() {
        return listeners.counters();
    }

    @Override
    public void close() {
        closed = true;
        subscriptions.close();
        listeners.close();
        streams.close();
    }
}

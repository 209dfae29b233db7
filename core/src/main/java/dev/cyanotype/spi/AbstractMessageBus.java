/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.spi;

import dev.cyanotype.message.MessagingException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * What a bus without streams does in each process, so that its author writes how messages get from one to the other.
 *
 * <p>It has the app's listeners, subscriptions and actions, and the end of them all. It is shared; a bus that has more to offer
 * overrides that. Thread-safe.
 *
 * @since 0.1
 */
public abstract class AbstractMessageBus implements MessageBus {

    private static final Logger LOG = LoggerFactory.getLogger("dev.cyanotype.message");

    private final TransportContext context;
    private final ListenerLanes listeners;
    private final LocalSubscriptions subscriptions;
    private final LocalActions actions;
    private volatile boolean quiet;
    private volatile boolean closed;

    /**
     * Opens nothing.
     *
     * @param context what the app gave the transport
     */
    protected AbstractMessageBus(TransportContext context) {
        this.context = Objects.requireNonNull(context, "context");
        this.listeners = new ListenerLanes(context);
        this.subscriptions = new LocalSubscriptions(context.app());
        this.actions = new LocalActions(context);
    }

    /**
     * What the app gave the transport.
     *
     * @return the context
     */
    protected final TransportContext context() {
        return context;
    }

    /**
     * What runs requests.
     *
     * @return the actions of the app
     */
    protected final LocalActions actions() {
        return actions;
    }

    /**
     * Whether requests for the app's actions are to be taken.
     *
     * @return true if it has any, and is not about to stop
     */
    protected final boolean isServing() {
        return !quiet && !actions.isEmpty();
    }

    /**
     * Brings a message that has arrived to who hears its channel here.
     *
     * @param channel the channel
     * @param message a JSON object that nobody changes; each listener gets a copy
     * @return how many have taken it; a listener that wants a full queue to be an error has it logged
     * @throws InterruptedException if the calling thread is interrupted while it waits for room in a listener's queue
     */
    protected final int hear(String channel, JsonNode message) throws InterruptedException {
        int heard = subscriptions.publish(channel, message);
        try {
            return heard + (quiet ? 0 : listeners.offer(channel, lane -> message::deepCopy));
        } catch (MessagingException e) {
            LOG.error("{}", e.getMessage());
            return heard;
        }
    }

    /**
     * Counts something as under way until it ends: {@link #drain} waits for it, {@link #close} ends it with an error.
     *
     * @param <T> the type of its result
     * @param work such as a call of another app, whose resources are given back when it is completed, by whomever
     * @return the same
     */
    protected final <T> CompletableFuture<T> track(CompletableFuture<T> work) {
        return actions.pending().track(work);
    }

    /**
     * Refuses to send once the app has stopped.
     *
     * @throws IllegalStateException if this is closed
     */
    protected final void checkOpen() {
        if (closed) {
            throw new IllegalStateException("app '" + context.app() + "' is stopped, so it can't send messages");
        }
    }

    @Override
    public Subscription subscribe(String channel, Consumer<JsonNode> listener) {
        return subscriptions.add(channel, listener);
    }

    /**
     * Refuses, because there are no streams.
     *
     * @throws MessagingException always
     */
    @Override
    public String append(String stream, @Nullable String key, JsonNode entry) {
        checkOpen();
        throw new MessagingException(
                MessagingException.Reason.OTHER,
                "append to '" + stream + "': this bus has no streams. Use a transport that has, such as Redis.",
                null);
    }

    @Override
    public boolean isShared() {
        return true;
    }

    @Override
    public void quiesce() {
        quiet = true;
    }

    /** Waits for the listeners, the actions and what else is {@linkplain #track under way}. */
    @Override
    public void drain(Duration budget) throws InterruptedException {
        quiet = true;
        long left = listeners.awaitEmpty(TimeUnit.NANOSECONDS.convert(budget));
        actions.awaitNone(Duration.ofNanos(Math.max(0, left)));
    }

    @Override
    public Map<String, Long> counters() {
        return listeners.counters();
    }

    /** Ends what hears and what is under way; to be called by a subclass that has more to close. */
    @Override
    public void close() {
        closed = true;
        subscriptions.close();
        listeners.close();
        actions.pending()
                .end(new MessagingException(MessagingException.Reason.UNREACHABLE, "the app has stopped", null));
    }
}

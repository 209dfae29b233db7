/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.spi;

import dev.cyanotype.message.Gap;
import dev.cyanotype.message.ListenerOptions;
import dev.cyanotype.message.MessagingException;
import dev.cyanotype.message.Overflow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * The queue in front of one listener, as its {@link ListenerOptions} want it.
 *
 * <p>A transport gives it each message of the listener's channel in the order they came; the listener is called on the
 * app's executor, for as many at once as it allows, never on the transport's thread. Thread-safe.
 *
 * @since 0.1
 */
public final class ListenerLane {

    private static final Logger LOG = LoggerFactory.getLogger("dev.cyanotype.message");

    private final TransportContext context;
    private final MountedListener listener;
    private final ListenerOptions options;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** Messages, as suppliers, and gaps between them. */
    private final Deque<Object> waiting = new ArrayDeque<>();

    private int messages;
    private int running;
    private long dropped;
    private boolean closed;

    /** A gap that may still become longer. */
    private static final class Missed {

        private final Gap.Cause cause;
        private final Instant from;
        private Instant to;

        private Missed(Gap.Cause cause, Instant from, Instant to) {
            this.cause = cause;
            this.from = from;
            this.to = to;
        }
    }

    /**
     * A queue with nothing in it.
     *
     * @param context what the app gave the transport
     * @param listener one of its listeners
     */
    public ListenerLane(TransportContext context, MountedListener listener) {
        this.context = context;
        this.listener = listener;
        this.options = listener.options();
    }

    /**
     * The listener behind it.
     *
     * @return the listener
     */
    public MountedListener listener() {
        return listener;
    }

    /**
     * Takes a message, or does what the listener's {@link Overflow} says when it is full.
     *
     * @param message gives the message, a tree of the listener's own, and is called on the thread that the listener is
     *     called on; null if it turns out to be none
     * @return false if this message is lost
     * @throws MessagingException if the queue is full and the listener wants that to be an error
     * @throws InterruptedException if the calling thread is interrupted while it waits for room
     */
    public boolean offer(Supplier<@Nullable JsonNode> message) throws InterruptedException {
        boolean start;
        lock.lock();
        try {
            if (closed || (messages >= options.capacity() && !makeRoom())) {
                return false;
            }
            waiting.add(message);
            messages++;
            start = starts();
        } finally {
            lock.unlock();
        }
        if (start) {
            start();
        }
        return true;
    }

    /**
     * Tells the listener, in its turn, that messages were missed because the link to the broker was down.
     *
     * @param from when it was last known to be up
     * @param to when it was up again
     */
    public void missed(Instant from, Instant to) {
        boolean start;
        lock.lock();
        try {
            waiting.add(new Missed(Gap.Cause.CONNECTION_LOST, from, to));
            start = starts();
        } finally {
            lock.unlock();
        }
        if (start) {
            start();
        }
    }

    /**
     * How many messages were lost because the queue was full.
     *
     * @return since the start
     */
    public long dropped() {
        lock.lock();
        try {
            return dropped;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until what it has taken is heard, or the budget is spent.
     *
     * @param budget how long to wait at most
     * @return false if the budget was spent
     * @throws InterruptedException if the waiting thread is interrupted
     */
    public boolean awaitEmpty(Duration budget) throws InterruptedException {
        long left = TimeUnit.NANOSECONDS.convert(budget);
        lock.lock();
        try {
            while (running > 0 || !waiting.isEmpty()) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Forgets what waits, and takes nothing more.
     *
     * @return how many messages were forgotten
     */
    public int close() {
        lock.lock();
        try {
            closed = true;
            return forgetAll(false);
        } finally {
            lock.unlock();
        }
    }

    /** Forgets what waits, of which there is an end to the running that should have seen to it, or not. */
    private int forgetAll(boolean ended) {
        lock.lock();
        try {
            int forgotten = messages;
            dropped += forgotten;
            waiting.clear();
            messages = 0;
            if (ended) {
                running--;
            }
            changed.signalAll();
            return forgotten;
        } finally {
            lock.unlock();
        }
    }

    /** Sees to a full queue; false if the new message is lost. */
    private boolean makeRoom() throws InterruptedException {
        switch (options.overflow()) {
            case BLOCK:
                while (messages >= options.capacity() && !closed) {
                    changed.await();
                }
                return !closed;
            case DROP_OLDEST:
                dropOldest();
                return true;
            case DROP_NEW:
                dropped++;
                waiting.addLast(longer(waiting.peekLast() == null ? null : waiting.pollLast()));
                return false;
            default:
                dropped++;
                throw new MessagingException(
                        MessagingException.Reason.QUEUE_FULL,
                        "listener of '%s' (%s): %d messages wait for it already, so this one is lost"
                                .formatted(listener.address(), listener.source(), messages),
                        null);
        }
    }

    private void dropOldest() {
        Object first = waiting.pollFirst();
        Missed gap = first instanceof Missed known ? known : null;
        while (first instanceof Missed) {
            first = waiting.pollFirst();
        }
        messages--;
        dropped++;
        Instant now = Instant.now();
        if (gap == null) {
            gap = new Missed(Gap.Cause.QUEUE_FULL, now, now);
        }
        gap.to = now;
        waiting.addFirst(gap);
    }

    /** The gap at the end of the queue, made one if there is none. */
    private Missed longer(@Nullable Object last) {
        Instant now = Instant.now();
        if (last instanceof Missed gap) {
            gap.to = now;
            return gap;
        }
        if (last != null) {
            waiting.addLast(last);
        }
        return new Missed(Gap.Cause.QUEUE_FULL, now, now);
    }

    /** Whether a further thread is to be had for what waits; then it counts as running. */
    private boolean starts() {
        if (running < options.concurrency() && !waiting.isEmpty() && !closed) {
            running++;
            return true;
        }
        return false;
    }

    private void start() {
        try {
            context.executor().execute(this::run);
        } catch (RejectedExecutionException e) {
            LOG.error(
                    "listener of '{}' ({}): the executor takes no work, so {} waiting messages are lost",
                    listener.address(),
                    listener.source(),
                    forgetAll(true),
                    e);
        }
    }

    private void run() {
        for (Object next = next(); next != null; next = next()) {
            CompletableFuture<Void> heard = hear(next);
            if (!heard.isDone()) {
                heard.whenComplete((done, error) -> start());
                return;
            }
        }
    }

    private @Nullable Object next() {
        boolean more;
        Object next;
        lock.lock();
        try {
            next = waiting.poll();
            if (next == null) {
                running--;
                changed.signalAll();
                return null;
            }
            if (!(next instanceof Missed)) {
                messages--;
                changed.signalAll();
            }
            more = starts();
        } finally {
            lock.unlock();
        }
        if (more) {
            start();
        }
        return next;
    }

    @SuppressWarnings("unchecked")
    private CompletableFuture<Void> hear(Object next) {
        try {
            if (next instanceof Missed missed) {
                tell(new Gap(listener.address(), missed.from, missed.to, missed.cause));
            } else {
                JsonNode message = ((Supplier<@Nullable JsonNode>) next).get();
                if (message != null) {
                    return context.dispatcher().message(listener, message);
                }
            }
        } catch (Throwable e) {
            LOG.error("listener of '{}' failed", listener.address(), e);
        }
        return CompletableFuture.completedFuture(null);
    }

    private void tell(Gap gap) throws Exception {
        LOG.warn(
                "listener of '{}' ({}): messages from {} to {} were missed ({})",
                gap.channel(),
                listener.source(),
                gap.from(),
                gap.to(),
                gap.cause());
        options.onGap().missed(gap);
    }
}

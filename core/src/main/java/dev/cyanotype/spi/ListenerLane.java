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
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
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

    /** Messages, and gaps between them; never two gaps side by side. While a message waits, somebody is running. */
    private final Deque<Item> waiting = new ArrayDeque<>();

    private int messages;

    /** How many threads, or asynchronous ends, see to what waits. */
    private int running;

    private long dropped;
    private boolean closed;

    private sealed interface Item permits Message, Missed {}

    private record Message(Supplier<@Nullable JsonNode> content, Instant arrived) implements Item {}

    private record Missed(Gap.Cause cause, Instant from, Instant to) implements Item {

        static Missed full(Instant from, Instant to) {
            return new Missed(Gap.Cause.QUEUE_FULL, from, to);
        }

        /** Both as one; that the link was down says more, because nobody knows what was lost. */
        Missed and(@Nullable Item item) {
            if (!(item instanceof Missed other)) {
                return this;
            }
            return new Missed(
                    cause == Gap.Cause.QUEUE_FULL ? other.cause : cause,
                    from.isBefore(other.from) ? from : other.from,
                    to.isAfter(other.to) ? to : other.to);
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
        Message arrived = new Message(
                Objects.requireNonNull(message, "message"), context.clock().instant());
        boolean start;
        lock.lock();
        try {
            if (closed || (messages >= options.capacity() && !makeRoom(arrived))) {
                return false;
            }
            waiting.add(arrived);
            messages++;
            start = starts();
        } finally {
            lock.unlock();
        }
        return !start || start();
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
            if (closed) {
                return;
            }
            addGap(new Missed(Gap.Cause.CONNECTION_LOST, from, to));
            start = starts();
        } finally {
            lock.unlock();
        }
        if (start) {
            start();
        }
    }

    /**
     * How many messages were lost because the queue was full, the executor took no work, or the end came first.
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
        return awaitEmpty(TimeUnit.NANOSECONDS.convert(budget)) >= 0;
    }

    /** What is left of the nanoseconds, negative if they were too few. */
    long awaitEmpty(long nanos) throws InterruptedException {
        long left = Math.max(0, nanos);
        lock.lock();
        try {
            while (running > 0) {
                if (left <= 0) {
                    return -1;
                }
                left = changed.awaitNanos(left);
            }
            return Math.max(0, left);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Forgets what waits, which is logged, and takes nothing more.
     *
     * @return how many messages were forgotten
     */
    public int close() {
        int forgotten;
        lock.lock();
        try {
            closed = true;
            forgotten = messages;
            forgetAll();
        } finally {
            lock.unlock();
        }
        if (forgotten > 0) {
            LOG.warn(
                    "listener of '{}' ({}): {} messages that waited for it are lost, because the app has ended",
                    listener.address(),
                    listener.source(),
                    forgotten);
        }
        return forgotten;
    }

    private void forgetAll() {
        dropped += messages;
        messages = 0;
        waiting.clear();
        changed.signalAll();
    }

    /** Sees to a full queue; false if the new message is lost. */
    private boolean makeRoom(Message arrived) throws InterruptedException {
        switch (options.overflow()) {
            case BLOCK:
                while (messages >= options.capacity() && !closed) {
                    changed.await();
                }
                return !closed;
            case DROP_OLDEST:
                dropOldest(arrived.arrived);
                return true;
            case DROP_NEW:
                dropNew(arrived.arrived);
                return false;
            default:
                dropNew(arrived.arrived);
                throw new MessagingException(
                        MessagingException.Reason.QUEUE_FULL,
                        "listener of '%s' (%s): %d messages wait for it already, so this one is lost"
                                .formatted(listener.address(), listener.source(), messages),
                        null);
        }
    }

    private void dropOldest(Instant now) {
        Missed before = waiting.peekFirst() instanceof Missed missed ? missed : null;
        if (before != null) {
            waiting.removeFirst();
        }
        Message oldest = (Message) waiting.removeFirst();
        messages--;
        dropped++;
        Missed gap = Missed.full(oldest.arrived, now).and(before).and(waiting.peekFirst());
        if (waiting.peekFirst() instanceof Missed) {
            waiting.removeFirst();
        }
        waiting.addFirst(gap);
    }

    private void dropNew(Instant now) {
        dropped++;
        addGap(Missed.full(now, now));
    }

    private void addGap(Missed gap) {
        Missed whole = gap.and(waiting.peekLast());
        if (waiting.peekLast() instanceof Missed) {
            waiting.removeLast();
        }
        waiting.addLast(whole);
    }

    /** Whether a further thread is to be had for what waits; then it counts as running. */
    private boolean starts() {
        if (running < options.concurrency() && !waiting.isEmpty() && !closed) {
            running++;
            return true;
        }
        return false;
    }

    /** Has a further thread see to what waits; false if there is none, and so what waits is lost. */
    private boolean start() {
        try {
            context.executor().execute(this::run);
            return true;
        } catch (RuntimeException | Error e) {
            int lost = giveUp();
            if (lost > 0) {
                LOG.error(
                        "listener of '{}' ({}): the executor takes no work, so {} waiting messages are lost",
                        listener.address(),
                        listener.source(),
                        lost,
                        e);
            }
            return lost == 0;
        }
    }

    private int giveUp() {
        lock.lock();
        try {
            running--;
            changed.signalAll();
            if (running > 0 || messages == 0) {
                return 0;
            }
            int lost = messages;
            Missed gap = null;
            for (Item item : waiting) {
                gap = (item instanceof Missed missed
                                ? missed
                                : Missed.full(
                                        ((Message) item).arrived,
                                        context.clock().instant()))
                        .and(gap);
            }
            forgetAll();
            // Whoever hears the next message hears of it.
            addGap(Objects.requireNonNull(gap));
            return lost;
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        boolean interrupted = false;
        for (Item next = next(); next != null; next = next()) {
            CompletableFuture<Void> heard = hear(next);
            // The next message has nothing to do with it, but the executor may want to know.
            interrupted |= Thread.interrupted();
            if (!heard.isDone()) {
                heard.whenComplete((done, error) -> start());
                break;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private @Nullable Item next() {
        boolean more;
        Item next;
        lock.lock();
        try {
            next = waiting.poll();
            if (next == null) {
                running--;
                changed.signalAll();
                return null;
            }
            if (next instanceof Message) {
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

    private CompletableFuture<Void> hear(Item next) {
        try {
            if (next instanceof Missed missed) {
                tell(new Gap(listener.address(), missed.from, missed.to, missed.cause));
            } else {
                JsonNode message = ((Message) next).content.get();
                if (message != null) {
                    return context.dispatcher().message(listener, message);
                }
            }
        } catch (Throwable e) {
            LOG.error("listener of '{}' ({}) failed", listener.address(), listener.source(), e);
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
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

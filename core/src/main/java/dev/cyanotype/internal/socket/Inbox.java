/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.socket;

import dev.cyanotype.spi.SocketConnection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one client has sent: handled in order and one at a time, and read only as far ahead as it makes sense. Thread-safe.
 *
 * <p>A few messages are read before the first of them is handled, so that control frames are seen meanwhile. None is read while
 * too much waits to be sent, so that a client that asks and does not listen costs no more than that.
 */
final class Inbox {

    private static final int MESSAGES_AHEAD = 16;
    private static final int BYTES_AHEAD = 64 << 10;

    private final Executor executor;
    private final Lane lane;
    private final Outbox outbox;
    private @Nullable SocketConnection connection;

    /** Messages that were read and are not yet handled. */
    private int messagesAhead;

    private int bytesAhead;

    /** Whether the transport waits to be asked for the next message. */
    private boolean owesDemand;

    private boolean stopped;

    /**
     * With nothing in it.
     *
     * @param failed is told when messages can't be handled
     */
    Inbox(Executor executor, Outbox outbox, Consumer<Throwable> failed) {
        this.executor = executor;
        this.lane = new Lane(executor, failed);
        this.outbox = outbox;
    }

    /** Begins to read. */
    void connect(SocketConnection opened) {
        lane.executor(opened.executor(executor));
        synchronized (this) {
            connection = opened;
            owesDemand = true;
        }
        readOn();
    }

    /**
     * Handles a message in its turn.
     *
     * @param size in bytes or characters
     * @throws RuntimeException if the executor takes no work
     */
    void take(int size, Supplier<CompletableFuture<?>> handling) {
        synchronized (this) {
            messagesAhead++;
            bytesAhead += size;
            owesDemand = true;
        }
        lane.add(() -> {
            CompletableFuture<?> done = handling.get();
            return done.isDone() ? handled(done, size) : done.whenComplete((result, failure) -> handled(done, size));
        });
        readOn();
    }

    /** A message was read that is not to be handled. */
    void skip() {
        synchronized (this) {
            owesDemand = true;
        }
        readOn();
    }

    /**
     * Does something else in its turn.
     *
     * @throws RuntimeException if the executor takes no work
     */
    void inTurn(Supplier<CompletableFuture<?>> work) {
        lane.add(work);
    }

    private CompletableFuture<?> handled(CompletableFuture<?> done, int size) {
        synchronized (this) {
            messagesAhead--;
            bytesAhead -= size;
        }
        readOn();
        return done;
    }

    /** Asks for the next message, if one may be asked for. */
    void readOn() {
        SocketConnection open;
        synchronized (this) {
            open = connection;
            if (!owesDemand
                    || open == null
                    || stopped
                    || messagesAhead >= MESSAGES_AHEAD
                    || bytesAhead > BYTES_AHEAD
                    || !outbox.isRoomy()) {
                return;
            }
            owesDemand = false;
        }
        open.demand();
    }

    /** Reads no further message; those that were read are still handled. */
    synchronized void stop() {
        stopped = true;
    }

    /** Whether a sign of life would be seen: no message stands in its way that nobody has asked for. */
    synchronized boolean isReading() {
        return !owesDemand;
    }
}

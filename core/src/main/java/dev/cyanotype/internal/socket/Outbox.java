/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.socket;

import dev.cyanotype.socket.CloseStatus;
import dev.cyanotype.socket.SlowClientPolicy;
import dev.cyanotype.spi.AppClock;
import dev.cyanotype.spi.SocketConnection;
import dev.cyanotype.spi.SocketFrame;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be sent to one client, and not more than its rules allow. Thread-safe.
 *
 * <p>The transport gets so much at once that it can fill its packets, and no more, and half of what may wait at most: what it
 * has can't be dropped.
 */
final class Outbox {

    private static final int IN_FLIGHT_BYTES = 64 << 10;
    private static final int IN_FLIGHT_FRAMES = 64;

    /** Whoever has the client. None of these is called with the outbox locked. */
    interface Owner {

        /** Too much waits, and the rules say that the client has to go. */
        void tooSlow();

        /** Less than half of what is allowed waits now. */
        void hasRoom();
    }

    private static final class Waiting {

        private final @Nullable String key;
        private final boolean answer;
        private SocketFrame frame;

        Waiting(SocketFrame frame, @Nullable String key, boolean answer) {
            this.frame = frame;
            this.key = key;
            this.answer = answer;
        }
    }

    private final Owner owner;
    private final ClientRules rules;
    private final AppClock clock;
    private final long inFlightLimit;
    private @Nullable SocketConnection connection;

    /** Null while nothing waits, which is so for most clients most of the time. */
    private @Nullable ArrayDeque<Waiting> queue;

    /** Those that a newer one may replace; null while there is none. */
    private @Nullable Map<String, Waiting> replaceable;

    private long queuedBytes;

    /** Those of the queued ones that are no answers. */
    private long droppableBytes;

    private int inFlightBytes;
    private int inFlightFrames;
    private long sent;
    private long dropped;

    /** Since when what is in flight has not become less, by {@link AppClock#nanoTime()}. */
    private long progressAt;

    /** Whether a thread hands frames to the transport, which happens on one at a time. */
    private boolean pumping;

    private boolean ended;
    private @Nullable CloseStatus close;

    Outbox(Owner owner, ClientRules rules, AppClock clock) {
        this.owner = owner;
        this.rules = rules;
        this.clock = clock;
        this.inFlightLimit = Math.min(IN_FLIGHT_BYTES, rules.maxPendingBytes() / 2);
    }

    /**
     * Takes a message that may be dropped.
     *
     * @param key what messages it may take the place of, or null
     * @return false if it was dropped
     */
    boolean post(SocketFrame frame, @Nullable String key) {
        boolean pump;
        synchronized (this) {
            if (ended) {
                return false;
            }
            Waiting older = key == null || replaceable == null ? null : replaceable.get(key);
            boolean fits = fits(frame, older == null ? 0 : older.frame.size());
            if (fits && older != null) {
                replace(older, frame);
                return true;
            }
            if (!fits && rules.slowClients() == SlowClientPolicy.DROP_OLDEST) {
                fits = makeRoom(frame);
                if (!fits) {
                    dropped++;
                    return false;
                }
            }
            if (!fits) {
                end();
            }
            pump = fits && enqueue(new Waiting(frame, key, false), false);
            if (fits && !pump) {
                return true;
            }
        }
        if (pump) {
            pump();
        } else {
            owner.tooSlow();
        }
        return pump;
    }

    /** Takes an answer, which the client has asked for and so always gets. */
    void answer(SocketFrame frame) {
        synchronized (this) {
            if (ended || !enqueue(new Waiting(frame, null, true), false)) {
                return;
            }
        }
        pump();
    }

    /** Puts answers in front of all that waits, before anything can be sent. */
    synchronized void answerFirst(List<SocketFrame> frames) {
        for (int i = frames.size() - 1; i >= 0; i--) {
            enqueue(new Waiting(frames.get(i), null, true), true);
        }
    }

    /** Sends what waits, and from now on everything at once. */
    void connect(SocketConnection opened) {
        synchronized (this) {
            connection = opened;
            progressAt = clock.nanoTime();
            if (pumping) {
                return;
            }
            pumping = true;
        }
        pump();
    }

    /** Takes nothing more, and closes the connection behind what waits. */
    void close(CloseStatus status) {
        synchronized (this) {
            if (close != null) {
                return;
            }
            ended = true;
            close = status;
            if (pumping || connection == null) {
                return;
            }
            pumping = true;
        }
        pump();
    }

    /** Forgets what waits and takes nothing more. */
    synchronized void end() {
        ended = true;
        forget();
    }

    private void forget() {
        queue = null;
        replaceable = null;
        queuedBytes = 0;
        droppableBytes = 0;
    }

    synchronized boolean isEnded() {
        return ended;
    }

    synchronized long pendingBytes() {
        return queuedBytes + inFlightBytes;
    }

    /** Whether so little waits that the client may ask for more. */
    synchronized boolean isRoomy() {
        return queuedBytes + inFlightBytes <= rules.maxPendingBytes() / 2;
    }

    synchronized long sent() {
        return sent;
    }

    synchronized long dropped() {
        return dropped;
    }

    /** For how long nothing of what is in flight has been taken by the network; 0 if nothing is. */
    synchronized long stalledNanos(long now) {
        return inFlightFrames == 0 ? 0 : now - progressAt;
    }

    /** Whether there is room for a message, or would be without so many bytes of those that wait. */
    private boolean fits(SocketFrame frame, long without) {
        long pending = queuedBytes + inFlightBytes - without;
        return pending == 0 || pending + frame.size() <= rules.maxPendingBytes();
    }

    private void replace(Waiting older, SocketFrame frame) {
        long more = (long) frame.size() - older.frame.size();
        queuedBytes += more;
        droppableBytes += more;
        older.frame = frame;
        dropped++;
    }

    /** Drops as many of the oldest messages as it takes; none, and false, if all of them are too few. */
    private boolean makeRoom(SocketFrame frame) {
        if (queue == null || !fits(frame, droppableBytes)) {
            return false;
        }
        Iterator<Waiting> oldest = queue.iterator();
        while (!fits(frame, 0)) {
            Waiting waiting = oldest.next();
            if (!waiting.answer) {
                oldest.remove();
                left(waiting);
                dropped++;
            }
        }
        return true;
    }

    /** Counts one less that waits. */
    private void left(Waiting waiting) {
        queuedBytes -= waiting.frame.size();
        if (!waiting.answer) {
            droppableBytes -= waiting.frame.size();
        }
    }

    /** Whether the caller has to pump now. */
    private boolean enqueue(Waiting waiting, boolean first) {
        if (queue == null) {
            queue = new ArrayDeque<>(4);
        }
        if (first) {
            queue.addFirst(waiting);
        } else {
            queue.addLast(waiting);
        }
        queuedBytes += waiting.frame.size();
        if (!waiting.answer) {
            droppableBytes += waiting.frame.size();
        }
        if (waiting.key != null && rules.slowClients() == SlowClientPolicy.CONFLATE) {
            if (replaceable == null) {
                replaceable = new HashMap<>();
            }
            replaceable.put(waiting.key, waiting);
        }
        if (pumping || connection == null) {
            return false;
        }
        pumping = true;
        return true;
    }

    private void pump() {
        while (true) {
            SocketConnection open;
            SocketFrame frame = null;
            CloseStatus closing = null;
            synchronized (this) {
                open = connection;
                ArrayDeque<Waiting> waiting = queue;
                Waiting next = waiting == null || open == null ? null : waiting.peekFirst();
                if (waiting == null || next == null) {
                    if (open != null) {
                        forget();
                    }
                    closing = open == null ? null : close;
                    pumping = closing != null;
                } else if (inFlightBytes >= inFlightLimit || inFlightFrames >= IN_FLIGHT_FRAMES) {
                    pumping = false;
                } else {
                    waiting.removeFirst();
                    if (replaceable != null && next.key != null) {
                        replaceable.remove(next.key);
                    }
                    frame = next.frame;
                    left(next);
                    if (inFlightFrames == 0) {
                        progressAt = clock.nanoTime();
                    }
                    inFlightBytes += frame.size();
                    inFlightFrames++;
                }
            }
            if (closing != null && open != null) {
                // Nothing is pumped after that.
                open.close(closing.code(), closing.reason());
                return;
            }
            if (frame == null || open == null) {
                return;
            }
            int size = frame.size();
            open.send(frame, failure -> sent(size, failure));
        }
    }

    private void sent(int size, @Nullable Throwable failure) {
        boolean pump;
        boolean roomy;
        synchronized (this) {
            inFlightBytes -= size;
            inFlightFrames--;
            progressAt = clock.nanoTime();
            if (failure == null) {
                sent++;
            } else {
                end();
            }
            pump = !pumping && queue != null;
            pumping |= pump;
            roomy = queuedBytes + inFlightBytes <= rules.maxPendingBytes() / 2;
        }
        if (pump) {
            pump();
        }
        if (roomy) {
            owner.hasRoom();
        }
    }
}

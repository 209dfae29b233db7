/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.link;

/**
 * How long the other side has given no sign of life, as far as this one could have heard it.
 *
 * <p>A process that stands still, because its machine sleeps or its heap is collected, hears nothing either, and what was sent
 * to it waits to be read. Cutting the connection then would lose it, so that time does not count. Signs may come from any
 * thread; one thread looks.
 */
final class Silence {

    /** How many intervals may lie between two looks that are only a little late. */
    private static final int LATE = 2;

    private final long most;
    private volatile boolean ended;
    private boolean looked;
    private long lookedAt;
    private long nanos;

    /**
     * Begins.
     *
     * @param interval how many nanoseconds should lie between two looks
     */
    Silence(long interval) {
        most = LATE * interval;
    }

    /** The other side lives. */
    void end() {
        ended = true;
    }

    /**
     * Looks.
     *
     * @param now by {@link System#nanoTime()}
     * @return how many nanoseconds it has lasted
     */
    long look(long now) {
        long since = looked ? Math.min(now - lookedAt, most) : 0;
        looked = true;
        lookedAt = now;
        if (ended) {
            ended = false;
            nanos = 0;
        } else {
            nanos += since;
        }
        return nanos;
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.stream;

import java.util.concurrent.TimeUnit;

/**
 * How many entries are worth having ready: about what is run while more are read, so that none waits behind a slow one while
 * another replica has time. Thread-safe; that it may miss a run does no harm.
 */
final class Pace {

    private static final long TARGET_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int MOST = 128;
    private static final int WEIGHT = 8;

    private final int places;
    private final boolean mayRead;
    private volatile long average = TARGET_NANOS;

    /**
     * A pace.
     *
     * @param mayRead whether any are read before they can be run; an entry that may be delivered only once is better not
     *     held by a replica that may die before it runs it
     */
    Pace(int places, boolean mayRead) {
        this.places = places;
        this.mayRead = mayRead;
    }

    /** Notes how long a run took; how many entries to have ready from now on. */
    int took(long nanos) {
        average = Math.max(1, average + (nanos - average) / WEIGHT);
        return ahead();
    }

    int ahead() {
        return mayRead ? (int) Math.min(MOST, TARGET_NANOS / average * places) : 0;
    }
}

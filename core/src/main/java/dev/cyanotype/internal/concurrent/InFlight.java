/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.concurrent;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Counts what is under way, so that a stop can wait for its end. Thread-safe. */
public final class InFlight {

    private long count;

    public synchronized void begin() {
        count++;
    }

    public synchronized void end() {
        count--;
        if (count == 0) {
            notifyAll();
        }
    }

    public synchronized long count() {
        return count;
    }

    /** Waits until nothing is under way, or the budget is spent; false if something still is. */
    public synchronized boolean awaitNone(Duration budget) throws InterruptedException {
        long deadline = deadline(budget);
        for (long left = deadline - System.nanoTime(); count > 0 && left > 0; left = deadline - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return count == 0;
    }

    /** When a budget is spent, by {@link System#nanoTime()}; one of centuries is as good as any. */
    public static long deadline(Duration budget) {
        return System.nanoTime() + Math.min(TimeUnit.NANOSECONDS.convert(budget), Long.MAX_VALUE / 4);
    }

    /** How much more than a budget is spent, given its {@link #deadline}; zero or more. */
    public static Duration beyond(long deadline) {
        return Duration.ofNanos(Math.max(0, System.nanoTime() - deadline));
    }

    /** What is left of a budget, given its {@link #deadline}; zero or more. */
    public static Duration left(long deadline) {
        return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    }
}

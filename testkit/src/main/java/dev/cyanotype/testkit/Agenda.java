/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

import dev.cyanotype.spi.AppClock;
import java.time.Duration;
import java.util.Comparator;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How much time has passed, and what is to happen when more has. Thread-safe. */
final class Agenda {

    private final TreeSet<Scheduled> waiting =
            new TreeSet<>(Comparator.comparingLong(Scheduled::due).thenComparingLong(Scheduled::number));

    private long nanos;
    private long scheduled;

    /** How often the time was moved. */
    private long moves;

    /**
     * Something that is to happen.
     *
     * @param due by {@link #nanos()}
     * @param number how much was scheduled before
     */
    private record Scheduled(long due, long number, Runnable task) {}

    /** How much time has passed. */
    synchronized long nanos() {
        return nanos;
    }

    synchronized long moves() {
        return moves;
    }

    synchronized int pending() {
        return waiting.size();
    }

    /** Whether more is to happen before time goes on. */
    synchronized boolean isSomethingDue() {
        return !waiting.isEmpty() && waiting.first().due <= nanos;
    }

    /** Takes something up for later; what is to be earlier than now is due now. */
    synchronized AppClock.Timeout add(Duration delay, Runnable task) {
        long wait = Math.max(0, TimeUnit.NANOSECONDS.convert(delay));
        long due = wait > Long.MAX_VALUE - nanos ? Long.MAX_VALUE : nanos + wait;
        Scheduled added = new Scheduled(due, scheduled, task);
        scheduled++;
        waiting.add(added);
        return () -> cancel(added);
    }

    private synchronized boolean cancel(Scheduled taken) {
        return waiting.remove(taken);
    }

    /** Says that the time is moved now, and how far that will lead. */
    synchronized long target(Duration length) {
        long more = TimeUnit.NANOSECONDS.convert(length);
        if (more > Long.MAX_VALUE - nanos) {
            throw new IllegalArgumentException(
                    "clock: advance by " + length + " (expected: less than 292 years in total)");
        }
        moves++;
        return nanos + more;
    }

    /** Moves on to what happens next; null if that is the target, or what has elapsed meanwhile. */
    synchronized @Nullable Runnable next(long target) {
        long end = Math.max(target, nanos);
        Scheduled next = waiting.isEmpty() ? null : waiting.first();
        if (next == null || next.due > end) {
            nanos = end;
            return null;
        }
        waiting.remove(next);
        nanos = Math.max(nanos, next.due);
        return next.task;
    }

    /** Moves on and lets nothing happen. */
    synchronized void elapse(Duration duration) {
        nanos = target(duration);
    }
}

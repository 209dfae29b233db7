/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.spi;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Leases and plans that are kept in this process: of an app without a broker, or by a broker's own process for the apps that ask
 * it.
 *
 * <p>Times are those of one clock. Each task's plan stays as long as this does. Thread-safe.
 *
 * @since 0.1
 */
public final class LocalTaskLeases implements TaskLeases {

    private final AppClock clock;
    private final Map<String, Entry> entries = new HashMap<>();

    /** Times are by {@link AppClock#nanoTime()}. */
    private static final class Entry {

        private @Nullable String holder;
        private long until;
        private long fence;
        private @Nullable Long next;
        private @Nullable Instant at;
    }

    /**
     * Nothing is planned.
     *
     * @param clock what leases and intervals go by
     */
    public LocalTaskLeases(AppClock clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    @Override
    public synchronized Duration plan(String task, Duration first, Duration interval) {
        long now = clock.nanoTime();
        Entry entry = entry(task);
        if (entry.next == null) {
            entry.next = now + nanos(first);
        } else if (entry.next - now > Math.max(nanos(first), nanos(interval))) {
            entry.next = now + nanos(interval);
        }
        return Duration.ofNanos(Math.max(0, entry.next - now));
    }

    @Override
    public synchronized Turn begin(String task, String holder, Duration lease, @Nullable Due due) {
        long now = clock.nanoTime();
        Entry entry = entry(task);
        if (due != null && due.at() != null && entry.at != null && !entry.at.isBefore(due.at())) {
            return new Turn(false, 0, Duration.ZERO);
        }
        if (entry.holder != null && !entry.holder.equals(holder) && entry.until - now > 0) {
            return new Turn(false, 0, Duration.ofNanos(entry.until - now));
        }
        if (due != null && due.interval() != null) {
            if (entry.next != null && entry.next - now > 0) {
                return new Turn(false, 0, Duration.ofNanos(entry.next - now));
            }
            long interval = nanos(due.interval());
            long onGrid = entry.next == null ? now : entry.next + interval;
            entry.next = onGrid - now > 0 ? onGrid : now + interval;
        } else if (due != null) {
            entry.at = due.at();
        }
        entry.holder = holder;
        entry.until = now + nanos(lease);
        entry.fence = Math.max(entry.fence + 1, clock.millis());
        return new Turn(true, entry.fence, Duration.ZERO);
    }

    @Override
    public synchronized boolean renew(String task, String holder, Duration lease) {
        Entry entry = entry(task);
        long now = clock.nanoTime();
        if (!holder.equals(entry.holder) || entry.until - now <= 0) {
            return false;
        }
        entry.until = now + nanos(lease);
        return true;
    }

    @Override
    public synchronized void end(String task, String holder) {
        Entry entry = entry(task);
        if (holder.equals(entry.holder)) {
            entry.holder = null;
        }
    }

    private Entry entry(String task) {
        return entries.computeIfAbsent(task, name -> new Entry());
    }

    private static long nanos(Duration time) {
        return TimeUnit.NANOSECONDS.convert(time);
    }
}

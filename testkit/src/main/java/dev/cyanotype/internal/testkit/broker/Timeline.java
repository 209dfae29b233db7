/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.testkit.broker;

import dev.cyanotype.spi.AppClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/** What has happened in a simulation, in its order; without payloads. Thread-safe. */
public final class Timeline {

    private static final int MOST = 100_000;

    private final AppClock clock;
    private final long beginning;
    private final Deque<String> lines = new ArrayDeque<>();

    /** Times are from now on. */
    public Timeline(AppClock clock) {
        this.clock = clock;
        this.beginning = clock.nanoTime();
    }

    /** Adds a line. */
    public synchronized void note(String who, String what) {
        long micros = Duration.ofNanos(clock.nanoTime() - beginning).toNanos() / 1000;
        if (lines.size() == MOST) {
            lines.removeFirst();
        }
        lines.add(String.format(Locale.ROOT, "%6d.%06d %-12s %s", micros / 1_000_000, micros % 1_000_000, who, what));
    }

    /** All lines, the oldest first; of very many the last. */
    public synchronized List<String> lines() {
        return List.copyOf(lines);
    }
}

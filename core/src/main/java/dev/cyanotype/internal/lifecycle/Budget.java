/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.lifecycle;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How long a stop may take, in real time: nobody moves a test's clock while a stop waits. Thread-safe. */
final class Budget {

    private final long begin = System.nanoTime();
    private final long nanos;
    private volatile boolean cut;

    Budget(Duration total) {
        // Centuries are as good as any longer time.
        nanos = Math.min(TimeUnit.NANOSECONDS.convert(total), Long.MAX_VALUE / 4);
    }

    Duration total() {
        return Duration.ofNanos(nanos);
    }

    Duration spent() {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    /** What is left of a part of it, so that the rest stays for what comes later. */
    Duration upTo(double part) {
        long left = begin + (long) (nanos * part) - System.nanoTime();
        return cut || left <= 0 ? Duration.ZERO : Duration.ofNanos(left);
    }

    /** Nothing is left from now on. */
    void cut() {
        cut = true;
    }
}

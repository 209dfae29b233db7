/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.lifecycle;

import dev.cyanotype.internal.concurrent.InFlight;
import java.time.Duration;

/** How long a stop may take, in real time: nobody moves a test's clock while a stop waits. Thread-safe. */
final class Budget {

    /** Some decades: as good as any longer time. */
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE / 4);

    private final Duration total;
    private final long deadline;
    private volatile boolean cut;

    Budget(Duration total) {
        this.total = total.compareTo(LONGEST) > 0 ? LONGEST : total;
        this.deadline = InFlight.deadline(this.total);
    }

    Duration total() {
        return total;
    }

    /** How much of it is over; it may be more than there was. */
    Duration spent() {
        return total.minus(InFlight.left(deadline)).plus(InFlight.beyond(deadline));
    }

    /** What is left of a part of it, so that the rest stays for what comes later. */
    Duration upTo(double part) {
        Duration later = Duration.ofNanos((long) (total.toNanos() * (1 - part)));
        Duration left = InFlight.left(deadline).minus(later);
        return cut || left.isNegative() ? Duration.ZERO : left;
    }

    /** Nothing is left from now on. */
    void cut() {
        cut = true;
    }
}

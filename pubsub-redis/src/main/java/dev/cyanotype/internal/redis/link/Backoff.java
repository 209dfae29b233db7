/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.link;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How long to wait between attempts: longer each time, and never as long as others do. */
final class Backoff {

    private static final long FIRST_MILLIS = 50;
    private static final long MOST_MILLIS = 1_500;

    /** What an administrator has to mend is not mended within milliseconds. */
    private static final long REFUSED_MILLIS = 5_000;

    private int attempts;

    void reset() {
        attempts = 0;
    }

    Duration next(boolean refused) {
        long most = refused ? REFUSED_MILLIS : Math.min(MOST_MILLIS, FIRST_MILLIS << Math.min(attempts, 10));
        attempts++;
        return Duration.ofMillis(most / 2 + ThreadLocalRandom.current().nextLong(most / 2 + 1));
    }
}

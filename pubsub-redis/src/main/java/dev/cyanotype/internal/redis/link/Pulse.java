/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.link;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** When a connection was last known to be up. The owner guards it; only {@link #freshAt} may be asked for at any time. */
final class Pulse {

    /** When a ping was sent. */
    record Ping(long nanos, Instant instant) {

        static Ping now() {
            return new Ping(System.nanoTime(), Instant.now());
        }
    }

    private final Queue<Ping> pings = new ArrayDeque<>();
    private @Nullable Ping lastGood;
    private volatile long freshAt;

    /** A new connection is there. */
    void opened() {
        pings.clear();
        freshAt = System.nanoTime();
    }

    /** A ping is sent whose answer does not say whose it is. */
    void sent() {
        pings.add(Ping.now());
    }

    /** The answer to the oldest ping is there. */
    void answered() {
        Ping ping = pings.poll();
        if (ping != null) {
            answered(ping);
        }
    }

    void answered(Ping ping) {
        lastGood = ping;
        freshAt = ping.nanos();
    }

    /** The last time it was certainly up, or null. */
    @Nullable
    Instant lastGood() {
        Ping good = lastGood;
        return good == null ? null : good.instant();
    }

    /** What is read now was sent after this, by {@link System#nanoTime()}. */
    long freshAt() {
        return freshAt;
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Finds out how long the machine lets a thread wait that has something to do; a replica may have to wait so too. */
final class Stalls implements AutoCloseable {

    private static final long TICK = TimeUnit.MILLISECONDS.toNanos(5);

    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicLong longest = new AtomicLong();

    Stalls() {
        Thread thread = new Thread(this::measure, "stalls");
        thread.setDaemon(true);
        thread.start();
    }

    private void measure() {
        try {
            long since = System.nanoTime();
            while (!closed.await(TICK, TimeUnit.NANOSECONDS)) {
                long now = System.nanoTime();
                longest.accumulateAndGet(now - since - TICK, Math::max);
                since = now;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The longest so far. */
    Duration longest() {
        return Duration.ofNanos(longest.get());
    }

    @Override
    public void close() {
        closed.countDown();
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.socket;

import java.time.Duration;
import java.util.Arrays;

/**
 * Lets so many messages pass within a time that slides on. What does not pass does not count.
 *
 * <p>Not thread-safe: a client's messages come one at a time.
 */
final class RateLimit {

    private static final int FIRST_SIZE = 16;

    private final int messages;
    private final long windowNanos;

    /** When those that passed came, the oldest overwritten by the newest. Grows as far as it is needed. */
    private long[] passedAt;

    private int size;
    private int oldest;

    RateLimit(int messages, Duration window) {
        this.messages = messages;
        this.windowNanos = window.toNanos();
        this.passedAt = new long[Math.min(messages, FIRST_SIZE)];
    }

    /**
     * Lets a message pass, or not.
     *
     * @param now by {@link dev.cyanotype.spi.AppClock#nanoTime()}
     * @return 0 if it may pass; else after how many nanoseconds one may
     */
    long pass(long now) {
        while (size > 0 && now - passedAt[oldest] >= windowNanos) {
            oldest = (oldest + 1) % passedAt.length;
            size--;
        }
        if (size == messages) {
            return windowNanos - (now - passedAt[oldest]);
        }
        if (size == passedAt.length) {
            grow();
        }
        passedAt[(oldest + size) % passedAt.length] = now;
        size++;
        return 0;
    }

    private void grow() {
        long[] larger = Arrays.copyOf(passedAt, (int) Math.min(messages, passedAt.length * 2L));
        for (int i = 0; i < size; i++) {
            larger[i] = passedAt[(oldest + i) % passedAt.length];
        }
        passedAt = larger;
        oldest = 0;
    }
}

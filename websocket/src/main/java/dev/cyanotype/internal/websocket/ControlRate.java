/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.websocket;

/** Counts what a client sends that is no message, second by second. Not thread-safe. */
final class ControlRate {

    /** No client needs a tenth of it. */
    private static final int MOST_A_SECOND = 100;

    private static final long SECOND = 1_000_000_000;

    private long second = System.nanoTime();
    private int count;

    /** Counts one more; says whether it is one too many. */
    boolean isExceeded() {
        long now = System.nanoTime();
        if (now - second >= SECOND) {
            second = now;
            count = 0;
        }
        return ++count > MOST_A_SECOND;
    }
}

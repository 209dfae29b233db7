/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.benchmarks.messages;

import java.util.Arrays;

/**
 * How long operations took, in buckets that are at most 1.6 % wide. Written by one thread at a time.
 *
 * <p>It allocates nothing while it counts, so that it does not show in what it measures.
 */
final class Latencies {

    private static final int PRECISION = 6;
    private static final int STEPS = 1 << PRECISION;

    private final long[] counts = new long[(Long.SIZE - PRECISION) * STEPS];

    void add(long nanos) {
        counts[index(Math.max(0, nanos))]++;
    }

    private static int index(long nanos) {
        int shift = Math.max(0, Long.SIZE - PRECISION - 1 - Long.numberOfLeadingZeros(nanos | 1));
        return shift * STEPS + (int) (nanos >>> shift);
    }

    void addAll(Latencies other) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += other.counts[i];
        }
    }

    void clear() {
        Arrays.fill(counts, 0);
    }

    long count() {
        return Arrays.stream(counts).sum();
    }

    /** The time that this part of the operations did not exceed, in nanoseconds. */
    long percentile(double part) {
        long wanted = (long) Math.ceil(count() * part);
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= wanted && counts[i] > 0) {
                int shift = Math.max(0, i / STEPS - 1);
                return (long) (i - shift * STEPS) << shift;
            }
        }
        return 0;
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.benchmarks.messages;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What was seen of one side in one round.
 *
 * @param perSecond operations a second
 * @param p50 microseconds that half of the operations took at most
 * @param p99 microseconds that 99 of 100 took at most
 * @param bytes allocated by all threads, for each operation
 * @param processor microseconds of processor time of this JVM, both sides of the exchange, for each operation
 * @param redis the same of Redis
 */
record Figures(double perSecond, double p50, double p99, double bytes, double processor, double redis) {

    /** The median of each figure. */
    static Figures median(List<Figures> rounds) {
        return new Figures(
                median(rounds, Figures::perSecond),
                median(rounds, Figures::p50),
                median(rounds, Figures::p99),
                median(rounds, Figures::bytes),
                median(rounds, Figures::processor),
                median(rounds, Figures::redis));
    }

    private static double median(List<Figures> rounds, ToDoubleFunction<Figures> figure) {
        double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
        int half = sorted.length / 2;
        return sorted.length % 2 == 1
                ? sorted[half]
                : Arrays.stream(sorted, half - 1, half + 1).sum() / 2;
    }
}

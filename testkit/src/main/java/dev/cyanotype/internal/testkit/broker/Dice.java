/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.testkit.broker;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** All chance of one test, from one seed. Thread-safe. */
public final class Dice {

    private final Random random;

    /** The same seed gives the same course. */
    public Dice(long seed) {
        // Of seeds side by side the first numbers would be alike.
        random = new Random(new SplittableRandom(seed).nextLong());
    }

    /** Whether something of this probability happens; what never or always does asks for no number. */
    public boolean chance(double probability) {
        return probability > 0 && (probability >= 1 || random.nextDouble() < probability);
    }

    /** One of so many, counted from 0. */
    int below(int bound) {
        return bound == 1 ? 0 : random.nextInt(bound);
    }

    /** Something from one time to another. */
    Duration between(Duration least, Duration most) {
        long nanos = TimeUnit.NANOSECONDS.convert(most.minus(least));
        return nanos <= 0 ? least : least.plusNanos((long) (random.nextDouble() * nanos));
    }

    /** Puts things into any order. */
    void shuffle(List<?> list) {
        if (list.size() > 1) {
            Collections.shuffle(list, random);
        }
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.testkit.broker;

import java.time.Duration;

/**
 * What a network does to what it carries.
 *
 * @param drop how likely something is lost
 * @param duplicate how likely it comes twice
 * @param least how long it takes at least
 * @param most and at most
 * @param reorder how likely others overtake it
 */
public record Faults(double drop, double duplicate, Duration least, Duration most, double reorder) {

    /** Everything comes at once. */
    public static final Faults NONE = new Faults(0, 0, Duration.ZERO, Duration.ZERO, 0);

    /** Loses more, or less. */
    public Faults drop(double probability) {
        return new Faults(probability, duplicate, least, most, reorder);
    }

    /** Doubles more, or less. */
    public Faults duplicate(double probability) {
        return new Faults(drop, probability, least, most, reorder);
    }

    /** Takes another time. */
    public Faults delay(Duration shortest, Duration longest) {
        return new Faults(drop, duplicate, shortest, longest, reorder);
    }

    /** Lets more be overtaken, or less. */
    public Faults reorder(double probability) {
        return new Faults(drop, duplicate, least, most, probability);
    }

    /** Those of two ways, one after the other. */
    Faults and(Faults next) {
        if (next == NONE) {
            return this;
        }
        if (this == NONE) {
            return next;
        }
        return new Faults(
                either(drop, next.drop),
                either(duplicate, next.duplicate),
                least.plus(next.least),
                most.plus(next.most),
                either(reorder, next.reorder));
    }

    private static double either(double one, double other) {
        return 1 - (1 - one) * (1 - other);
    }

    @Override
    public String toString() {
        return "loses " + drop + ", doubles " + duplicate + ", takes " + least + " to " + most + ", reorders "
                + reorder;
    }
}

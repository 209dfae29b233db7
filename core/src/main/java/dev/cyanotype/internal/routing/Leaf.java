/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.routing;

import org.jspecify.annotations.Nullable;

/**
 * What one pattern leads to, by slot (for HTTP, a slot is a method) and by trailing slash.
 *
 * <p>A lenient target written one way answers the other way too, unless a strict one is written that way.
 *
 * @param <T> what the routes lead to
 */
final class Leaf<T> {

    private static final int SLOTS = 8;

    private enum Claim {
        /** Answered leniently by a target that is written the other way. */
        LENT,
        WRITTEN
    }

    /** The targets without, then those with a trailing slash. */
    private final @Nullable Object[] targets = new Object[2 * SLOTS];

    private final @Nullable Claim[] claims = new Claim[2 * SLOTS];

    @SuppressWarnings("unchecked")
    @Nullable
    T get(int slot, boolean slash) {
        return (T) targets[index(slot, slash)];
    }

    /**
     * Adds a target.
     *
     * @param replace whether it takes the place of one that is in its way
     * @return the target that is in its way, or null
     */
    @Nullable
    T add(int slot, boolean slash, boolean strict, T target, boolean replace) {
        int written = index(slot, slash);
        int other = index(slot, !slash);
        Claim claim = claims[written];
        T inTheWay = claim == Claim.WRITTEN || claim == Claim.LENT && !strict ? get(slot, slash) : null;
        if (inTheWay != null && !replace) {
            return inTheWay;
        }
        claims[written] = Claim.WRITTEN;
        targets[written] = target;
        if (!strict && (claims[other] == null || targets[other] == inTheWay)) {
            claims[other] = Claim.LENT;
            targets[other] = target;
        }
        return inTheWay;
    }

    /** A bit for each slot that answers this form. */
    int slots(boolean slash) {
        int slots = 0;
        for (int slot = 0; slot < SLOTS; slot++) {
            if (targets[index(slot, slash)] != null) {
                slots |= 1 << slot;
            }
        }
        return slots;
    }

    private static int index(int slot, boolean slash) {
        return slash ? slot + SLOTS : slot;
    }
}

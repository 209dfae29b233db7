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

    private final Form<T> bare = new Form<>();
    private final Form<T> slashed = new Form<>();

    /** What answers with, or without, a trailing slash. */
    Form<T> form(boolean slash) {
        return slash ? slashed : bare;
    }

    /**
     * Adds a target.
     *
     * @param replace whether it takes the place of one that is in its way
     * @return the target that is in its way, or null
     */
    @Nullable
    T add(int slot, boolean slash, boolean strict, T target, boolean replace) {
        Form<T> written = form(slash);
        Form<T> other = form(!slash);
        Claim claim = written.claims[slot];
        Match<T> inTheWay = claim == Claim.WRITTEN || (claim == Claim.LENT && !strict) ? written.matches[slot] : null;
        if (inTheWay != null && !replace) {
            return inTheWay.target();
        }
        Match<T> match = new Match<>(target, 0);
        written.put(slot, Claim.WRITTEN, match);
        boolean inTheWayToo = inTheWay != null && other.matches[slot] == inTheWay;
        if (!strict && (inTheWayToo || other.claims[slot] == null)) {
            other.put(slot, Claim.LENT, match);
        } else if (inTheWayToo && other.claims[slot] == Claim.LENT) {
            other.put(slot, null, null);
        }
        return inTheWay == null ? null : inTheWay.target();
    }

    /**
     * The half of a leaf that answers with a trailing slash, or the half that answers without.
     *
     * @param <T> what the routes lead to
     */
    static final class Form<T> {

        /** Without values, so requests can share them. */
        @SuppressWarnings("unchecked")
        private final @Nullable Match<T>[] matches = (Match<T>[]) new Match<?>[SLOTS];

        private final @Nullable Claim[] claims = new Claim[SLOTS];

        /** A match with room for the values of that many parameters, or null. */
        @Nullable
        Match<T> match(int slot, int orSlot, int parameters) {
            Match<T> match = matches[slot];
            if (match == null && orSlot != Router.NO_SLOT) {
                match = matches[orSlot];
            }
            return match == null || parameters == 0 ? match : new Match<>(match.target(), parameters);
        }

        /** A bit for each slot that has a target. */
        int slots() {
            int slots = 0;
            for (int slot = 0; slot < SLOTS; slot++) {
                if (matches[slot] != null) {
                    slots |= 1 << slot;
                }
            }
            return slots;
        }

        private void put(int slot, @Nullable Claim claim, @Nullable Match<T> match) {
            claims[slot] = claim;
            matches[slot] = match;
        }
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.stream;

import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** An entry that is this consumer's. Guarded by its {@link Holdings}, but for what only its current step touches. */
final class Held {

    enum State {
        /** Waits for a place. */
        WAITING,
        /** Waits for another one of the same key. */
        PARKED,
        /** Has a place: is looked up, or run. */
        BUSY,
        /** Waits until it is tried again. */
        RESTING,
        /** Is over, which Redis has yet to confirm. */
        SETTLING
    }

    private static final long FIRST_TURN_MILLIS = 25;

    final String id;

    State state = State.WAITING;

    /** Null where Redis has to be asked first. */
    @Nullable
    Entry entry;

    /** What is the same in each attempt to have one thing done. */
    @Nullable
    String key;

    /** How often it was delivered, as far as is known; the delivery under way included. */
    int deliveries;

    /** Whether Redis has counted a delivery that nothing came of yet. */
    boolean unrun;

    /** When it was certainly still ours, by {@link System#nanoTime()}. */
    long oursAt;

    /** Since when it waits for a place. */
    long waitsSince;

    /** When it is tried again, while it rests. */
    long due;

    /** How often it found its key with another entry. */
    private int turns;

    private Held(String id) {
        this.id = id;
    }

    /** One that was just read. */
    static Held read(Entry entry, long askedAt) {
        Held held = new Held(entry.id());
        held.entry = entry;
        held.deliveries = 1;
        held.unrun = true;
        held.oursAt = askedAt;
        return held;
    }

    /**
     * One that was somebody else's, or was read by a connection that was lost.
     *
     * @param unrun whether it is certain that the last delivery came to nothing
     */
    static Held taken(String id, boolean unrun) {
        Held held = new Held(id);
        held.unrun = unrun;
        return held;
    }

    /**
     * For how long to let the entry go on that has the key, each time longer.
     *
     * @param most the longest rest, in milliseconds
     */
    long nextTurn(long most) {
        long rest = Math.max(1, Math.min(most, FIRST_TURN_MILLIS << Math.min(turns++, 10)));
        return rest / 2 + ThreadLocalRandom.current().nextLong(rest / 2 + 1);
    }

    @Override
    public String toString() {
        return "Held[" + id + ", " + state + "]";
    }
}

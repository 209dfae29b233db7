/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.stream;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
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
        /** Waits until it is tried again, or asks again whether another entry has its key. */
        RESTING,
        /** Is over, which Redis has yet to confirm. */
        SETTLING
    }

    private static final long FIRST_TURN_MILLIS = 25;
    private static final long MOST_TURN_MILLIS = 1_000;

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

    /** For how many milliseconds from now on it still rests; 0 if it does not. */
    long restMillis(long now) {
        return due == 0 ? 0 : Math.max(0, TimeUnit.NANOSECONDS.toMillis(due - now));
    }

    /**
     * For how many milliseconds to let the entry go on that has the key, each time for longer.
     *
     * @param alive after which time without a sign the replica is taken for dead that has that one
     */
    long nextTurn(Duration alive) {
        long most = Math.min(MOST_TURN_MILLIS, alive.toMillis() / 3);
        long rest = Math.max(2, Math.min(most, FIRST_TURN_MILLIS << Math.min(turns++, 10)));
        return rest / 2 + ThreadLocalRandom.current().nextLong(rest / 2);
    }

    @Override
    public String toString() {
        return "Held[" + id + ", " + state + "]";
    }
}

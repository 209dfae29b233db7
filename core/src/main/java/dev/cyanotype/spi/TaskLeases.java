/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.spi;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Has of several replicas one run a task at a time, and keeps its plan; offered by a bus through {@link Transport#as}.
 *
 * <p>A lease is held for the time of one run. Between runs nobody holds it: what keeps others from running the task again is
 * the plan, which says when the next run is due and outlives all replicas. Implemented by transports, and called on threads
 * that may block. Thread-safe.
 *
 * @since 0.1
 */
public interface TaskLeases {

    /**
     * When a run is due.
     *
     * @param interval from one run's due time to the next one's, or null if each is due at an instant of its own
     * @param at the instant at which this run is due by the calendar, or null if there is an interval
     */
    record Due(@Nullable Duration interval, @Nullable Instant at) {

        /**
         * Either of both.
         *
         * @param interval from one run's due time to the next one's, or null
         * @param at the instant at which this run is due, or null
         * @throws IllegalArgumentException if it is not one of both
         */
        public Due {
            if ((interval == null) == (at == null)) {
                throw new IllegalArgumentException(
                        "due: interval " + interval + " and instant " + at + " (expected: one of both)");
            }
        }
    }

    /**
     * What came of an attempt to begin a run.
     *
     * @param isGranted whether the run may begin, and the lease is held
     * @param fencingToken if so, a number above that of every run before, 1 or more; else 0
     * @param retryAfter if not, how long it makes no sense to ask again, zero or more: until the lease that another replica
     *     holds is over, or until the next run is due. Zero for a run that is due at an instant and was begun already
     */
    record Turn(boolean isGranted, long fencingToken, Duration retryAfter) {}

    /**
     * Says when the next run of a task with an interval is due, and plans it if nobody has.
     *
     * @param task the task's full name
     * @param first from now to the first run, if nothing is planned
     * @param interval from one run to the next; a plan that is later than {@code first} and one interval from now is that of an
     *     earlier declaration, and is moved to one interval from now
     * @return how long from now, zero if it is overdue
     * @throws dev.cyanotype.message.MessagingException if the store can't be asked
     */
    Duration plan(String task, Duration first, Duration interval);

    /**
     * Begins a run if nobody else runs the task and it is due.
     *
     * @param task the task's full name
     * @param holder who asks; each run has one of its own
     * @param lease for how long the task is the holder's unless it renews, 1 s or more, by the store's clock
     * @param due when the run is due; null for one that is wanted now, whatever the plan says, and does not change the plan
     * @return whether it may begin
     * @throws dev.cyanotype.message.MessagingException if the store can't be asked; the lease may be held then, until it is over
     */
    Turn begin(String task, String holder, Duration lease, @Nullable Due due);

    /**
     * Holds a lease for longer.
     *
     * @param task the task's full name
     * @param holder who holds it
     * @param lease for how long from now on
     * @return false if it is not the holder's any more
     * @throws dev.cyanotype.message.MessagingException if the store can't be asked
     */
    boolean renew(String task, String holder, Duration lease);

    /**
     * Gives a lease back; one that is not the holder's is left alone.
     *
     * @param task the task's full name
     * @param holder who holds it
     * @throws dev.cyanotype.message.MessagingException if the store can't be asked; the lease ends by itself then
     */
    void end(String task, String holder);
}

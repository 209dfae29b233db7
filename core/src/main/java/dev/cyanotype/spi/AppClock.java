/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.spi;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * The time of an app: what it is now, and what is to happen later. Tasks, timeouts, retries and leases go by it.
 *
 * <p>There are two times. {@link #instant()} is that of calendars, which somebody may set; {@link #nanoTime()} only ever goes
 * on, and what is scheduled goes by it. Thread-safe.
 *
 * <p>An app makes its own from the system's unless it is given one, which is for tests.
 *
 * @since 0.1
 */
public interface AppClock extends InstantSource {

    /** Something that is to happen. */
    @FunctionalInterface
    interface Timeout {

        /**
         * Takes it back.
         *
         * @return false if it has happened, is happening, or was taken back before
         */
        boolean cancel();
    }

    /**
     * A time that only goes on, from an arbitrary beginning.
     *
     * @return nanoseconds, to be compared by their difference, as those of {@link System#nanoTime()}
     */
    long nanoTime();

    /**
     * Has something happen later.
     *
     * @param delay from now on; zero or less is at once, but not before this returns on a clock that goes by itself
     * @param task runs on a thread that others wait for: it must not block, but hand on what may; what it throws is logged
     * @return takes it back
     */
    Timeout schedule(Duration delay, Runnable task);

    /**
     * Picks a part of a duration by chance, so that what many do at the same time spreads.
     *
     * @param most zero or more
     * @return from zero to that
     */
    default Duration jitter(Duration most) {
        return Duration.ofNanos((long) (ThreadLocalRandom.current().nextDouble() * TimeUnit.NANOSECONDS.convert(most)));
    }

    /**
     * Blocks until something is there, or a time is over.
     *
     * @param <T> the type of its value
     * @param future what to wait for; it is not cancelled
     * @param timeout how long
     * @return its value
     * @throws InterruptedException if the waiting thread is interrupted
     * @throws ExecutionException if it has failed
     * @throws TimeoutException if the time is over first
     */
    default <T> T await(CompletableFuture<T> future, Duration timeout)
            throws InterruptedException, ExecutionException, TimeoutException {
        return future.get(TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS);
    }

    /**
     * Called after a thread was started or woken. A clock that goes by itself returns at once; one that is moved by hand waits
     * here until the thread rests again, so that what happens at a time has happened when the clock goes on.
     *
     * @param thread what was started or woken
     * @param awake whether it has gone on since; until then it may be seen to wait, and does not
     * @param rests whether it waits for the clock again
     */
    default void settle(Thread thread, BooleanSupplier awake, BooleanSupplier rests) {}
}

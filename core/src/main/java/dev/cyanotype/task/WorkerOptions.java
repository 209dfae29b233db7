/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.task;

import java.time.Duration;
import java.util.Objects;

/**
 * How a thread is started, and started again.
 *
 * <p>Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class WorkerOptions {

    private static final Duration LEAST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofDays(365);
    private static final int MOST_DOUBLINGS = 30;

    private final boolean manual;
    private final int maxRestarts;
    private final Duration firstRestart;
    private final Duration lastRestart;

    private WorkerOptions(Builder builder) {
        this.manual = builder.manual;
        this.maxRestarts = builder.maxRestarts;
        this.firstRestart = builder.firstRestart;
        this.lastRestart = builder.lastRestart;
    }

    /**
     * Starts from the defaults.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Starts from these options.
     *
     * @return a new builder
     */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.manual = manual;
        builder.maxRestarts = maxRestarts;
        builder.firstRestart = firstRestart;
        builder.lastRestart = lastRestart;
        return builder;
    }

    /**
     * Whether it waits until it is started by name.
     *
     * @return false if it starts with the app
     */
    public boolean isManual() {
        return manual;
    }

    /**
     * How often it is started again in a row.
     *
     * @return 0 or more
     */
    public int maxRestarts() {
        return maxRestarts;
    }

    /**
     * How long it rests after a failure.
     *
     * @param failures how often it has failed in a row, 1 or more
     * @return twice as long after each failure, up to the longest
     */
    public Duration restartAfter(int failures) {
        long factor = 1L << Math.min(Math.max(0, failures - 1), MOST_DOUBLINGS);
        return firstRestart.compareTo(lastRestart.dividedBy(factor)) > 0
                ? lastRestart
                : firstRestart.multipliedBy(factor);
    }

    /**
     * How long a run must last for the failures before it to be forgotten.
     *
     * @return the longest rest after a failure
     */
    public Duration stableAfter() {
        return lastRestart;
    }

    @Override
    public String toString() {
        return "WorkerOptions[" + (manual ? "manual" : "with the app") + ", maxRestarts=" + maxRestarts + ", after "
                + firstRestart + " to " + lastRestart + "]";
    }

    /** Collects options; not thread-safe. */
    public static final class Builder {

        private boolean manual;
        private int maxRestarts = 10;
        private Duration firstRestart = Duration.ofSeconds(1);
        private Duration lastRestart = Duration.ofMinutes(1);

        private Builder() {}

        /**
         * Leaves it to be started by name.
         *
         * @return this
         */
        public Builder manual() {
            manual = true;
            return this;
        }

        /**
         * Limits how often it is started again in a row. A run that lasts as long as the longest rest begins a new count.
         *
         * @param most 0 or more; default 10; {@link Integer#MAX_VALUE} for ever
         * @return this
         * @throws IllegalArgumentException if it is negative
         */
        public Builder maxRestarts(int most) {
            if (most < 0) {
                throw new IllegalArgumentException("thread: maxRestarts " + most + " (expected: 0 or more)");
            }
            maxRestarts = most;
            return this;
        }

        /**
         * Says how long it rests after a failure, twice as long each time.
         *
         * @param first 1 ms or more; default 1 s
         * @param longest not less than the first, 365 days at most; default 1 min
         * @return this
         * @throws IllegalArgumentException if a time is out of range
         */
        public Builder restartAfter(Duration first, Duration longest) {
            Objects.requireNonNull(longest, "longest");
            if (Objects.requireNonNull(first, "first").compareTo(LEAST) < 0
                    || first.compareTo(longest) > 0
                    || longest.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("thread: restartAfter " + first + ", " + longest
                        + " (expected: 1 ms or more, and not less than that, 365 days at most)");
            }
            firstRestart = first;
            lastRestart = longest;
            return this;
        }

        /**
         * Finishes the options.
         *
         * @return immutable options
         */
        public WorkerOptions build() {
            return new WorkerOptions(this);
        }
    }
}

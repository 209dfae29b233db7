/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.message;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How the entries of a stream are consumed.
 *
 * <p>Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class ConsumerOptions {

    private static final Duration LEAST = Duration.ofMillis(1);
    private static final int MOST_DOUBLINGS = 30;

    private final int concurrency;
    private final int maxDeliveries;
    private final Duration firstRetry;
    private final Duration lastRetry;
    private final Duration reclaimAfter;
    private final @Nullable String deadLetters;

    private ConsumerOptions(Builder builder) {
        this.concurrency = builder.concurrency;
        this.maxDeliveries = builder.maxDeliveries;
        this.firstRetry = builder.firstRetry;
        this.lastRetry = builder.lastRetry;
        this.reclaimAfter = builder.reclaimAfter;
        this.deadLetters = builder.deadLetters;
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
        builder.concurrency = concurrency;
        builder.maxDeliveries = maxDeliveries;
        builder.firstRetry = firstRetry;
        builder.lastRetry = lastRetry;
        builder.reclaimAfter = reclaimAfter;
        builder.deadLetters = deadLetters;
        return builder;
    }

    /**
     * How many entries a replica handles at once.
     *
     * @return 1 or more
     */
    public int concurrency() {
        return concurrency;
    }

    /**
     * How often an entry is tried.
     *
     * @return 1 or more
     */
    public int maxDeliveries() {
        return maxDeliveries;
    }

    /**
     * How long an entry rests after a failure.
     *
     * @param deliveries how often it was tried, 1 or more
     * @return twice as long after each failure, up to the longest
     */
    public Duration retryAfter(int deliveries) {
        long factor = 1L << Math.min(Math.max(0, deliveries - 1), MOST_DOUBLINGS);
        return firstRetry.compareTo(lastRetry.dividedBy(factor)) > 0 ? lastRetry : firstRetry.multipliedBy(factor);
    }

    /**
     * How long a replica may be silent before others take its entries over.
     *
     * @return 1 ms or more
     */
    public Duration reclaimAfter() {
        return reclaimAfter;
    }

    /**
     * The stream for entries that were tried in vain.
     *
     * @return null for the one that is named after the stream
     */
    public @Nullable String deadLetters() {
        return deadLetters;
    }

    @Override
    public String toString() {
        return "ConsumerOptions[concurrency=" + concurrency + ", maxDeliveries=" + maxDeliveries + ", retries "
                + firstRetry + " to " + lastRetry + ", reclaimAfter=" + reclaimAfter + "]";
    }

    /** Collects options; not thread-safe. */
    public static final class Builder {

        private int concurrency = 1;
        private int maxDeliveries = 5;
        private Duration firstRetry = Duration.ofSeconds(1);
        private Duration lastRetry = Duration.ofMinutes(1);
        private Duration reclaimAfter = Duration.ofSeconds(30);
        private @Nullable String deadLetters;

        private Builder() {}

        /**
         * Lets each replica handle several entries at once.
         *
         * @param entries 1 to 1 024; default 1, which handles them in their order but for retries
         * @return this
         * @throws IllegalArgumentException if it is out of range
         */
        public Builder concurrency(int entries) {
            concurrency = Limits.check("consumer: concurrency", entries, 1, 1024);
            return this;
        }

        /**
         * Limits how often an entry is tried before it becomes a dead letter.
         *
         * @param deliveries 1 to 1 000 000; default 5
         * @return this
         * @throws IllegalArgumentException if it is out of range
         */
        public Builder maxDeliveries(int deliveries) {
            maxDeliveries = Limits.check("consumer: maxDeliveries", deliveries, 1, 1_000_000);
            return this;
        }

        /**
         * Says how long an entry rests after a failure; meanwhile others are handled.
         *
         * @param first after the first failure, 1 ms or more; default 1 s; it doubles with each further one
         * @param longest not less than the first; default 1 min
         * @return this
         * @throws IllegalArgumentException if one is too short
         */
        public Builder retries(Duration first, Duration longest) {
            Limits.check("consumer: first retry", Objects.requireNonNull(first, "first"), LEAST);
            Limits.check("consumer: longest retry", Objects.requireNonNull(longest, "longest"), first);
            firstRetry = first;
            lastRetry = longest;
            return this;
        }

        /**
         * Says how long a replica may be silent before others take its entries over. A replica that lives renews what it
         * holds, so this need not be longer than a handler takes.
         *
         * @param silence 1 ms or more, better seconds; default 30 s
         * @return this
         * @throws IllegalArgumentException if it is too short
         */
        public Builder reclaimAfter(Duration silence) {
            reclaimAfter = Limits.check("consumer: reclaimAfter", Objects.requireNonNull(silence, "silence"), LEAST);
            return this;
        }

        /**
         * Names the stream for entries that were tried in vain.
         *
         * @param stream not empty; default the stream's name in braces and {@code :dead}
         * @return this
         * @throws IllegalArgumentException if it is empty
         */
        public Builder deadLetters(String stream) {
            if (Objects.requireNonNull(stream, "stream").isEmpty()) {
                throw new IllegalArgumentException("consumer: the stream for dead letters has an empty name");
            }
            deadLetters = stream;
            return this;
        }

        /**
         * Finishes the options.
         *
         * @return immutable options
         */
        public ConsumerOptions build() {
            return new ConsumerOptions(this);
        }
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.health;

import java.time.Duration;
import java.util.Objects;

/**
 * How long a check may take, and what it counts for.
 *
 * <p>Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class HealthCheckOptions {

    private static final Duration LEAST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofHours(1);

    private final Duration timeout;
    private final boolean live;

    private HealthCheckOptions(Builder builder) {
        this.timeout = builder.timeout;
        this.live = builder.live;
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
        builder.timeout = timeout;
        builder.live = live;
        return builder;
    }

    /**
     * How long it may take before it counts as down.
     *
     * @return 1 ms or more
     */
    public Duration timeout() {
        return timeout;
    }

    /**
     * Whether it counts for liveness too.
     *
     * @return false if it counts for readiness only
     */
    public boolean isLive() {
        return live;
    }

    @Override
    public String toString() {
        return "HealthCheckOptions[timeout=" + timeout + ", " + (live ? "liveness and readiness" : "readiness") + "]";
    }

    /** Collects options; not thread-safe. */
    public static final class Builder {

        private Duration timeout = Duration.ofSeconds(2);
        private boolean live;

        private Builder() {}

        /**
         * Says how long it may take before it counts as down. Choose less than those who ask wait for an answer, which is one
         * second in Kubernetes unless it is told otherwise.
         *
         * @param limit 1 ms to 1 hour; default 2 s
         * @return this
         * @throws IllegalArgumentException if it is out of range
         */
        public Builder timeout(Duration limit) {
            if (Objects.requireNonNull(limit, "limit").compareTo(LEAST) < 0 || limit.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("check: timeout " + limit + " (expected: 1 ms to 1 hour)");
            }
            timeout = limit;
            return this;
        }

        /**
         * Has it count for liveness too. A service that is not live is killed and started again: this is for what nothing else
         * mends, such as a deadlock, and never for what others provide.
         *
         * @return this
         */
        public Builder live() {
            live = true;
            return this;
        }

        /**
         * Finishes the options.
         *
         * @return immutable options
         */
        public HealthCheckOptions build() {
            return new HealthCheckOptions(this);
        }
    }
}

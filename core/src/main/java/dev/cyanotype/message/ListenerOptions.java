/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.message;

import java.util.Objects;

/**
 * How a listener hears its channel.
 *
 * <p>Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class ListenerOptions {

    private final int concurrency;
    private final int capacity;
    private final Overflow overflow;
    private final GapListener onGap;

    private ListenerOptions(Builder builder) {
        this.concurrency = builder.concurrency;
        this.capacity = builder.capacity;
        this.overflow = builder.overflow;
        this.onGap = builder.onGap;
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
        builder.capacity = capacity;
        builder.overflow = overflow;
        builder.onGap = onGap;
        return builder;
    }

    /**
     * How many messages it hears at once.
     *
     * @return 1 or more; 1 keeps their order
     */
    public int concurrency() {
        return concurrency;
    }

    /**
     * How many messages may wait.
     *
     * @return 1 or more
     */
    public int capacity() {
        return capacity;
    }

    /**
     * What happens when as many wait.
     *
     * @return the policy
     */
    public Overflow overflow() {
        return overflow;
    }

    /**
     * Who is told of missed messages.
     *
     * @return does nothing unless declared
     */
    public GapListener onGap() {
        return onGap;
    }

    @Override
    public String toString() {
        return "ListenerOptions[concurrency=" + concurrency + ", capacity=" + capacity + ", " + overflow + "]";
    }

    /** Collects options; not thread-safe. */
    public static final class Builder {

        private int concurrency = 1;
        private int capacity = 10_000;
        private Overflow overflow = Overflow.DROP_OLDEST;
        private GapListener onGap = gap -> {};

        private Builder() {}

        /**
         * Lets it hear several messages at once, in no certain order.
         *
         * @param messages 1 to 1 024; default 1
         * @return this
         * @throws IllegalArgumentException if it is out of range
         */
        public Builder concurrency(int messages) {
            concurrency = Limits.check("listener: concurrency", messages, 1, 1024);
            return this;
        }

        /**
         * Limits how many messages wait for it.
         *
         * @param messages 1 to 10 000 000; default 10 000
         * @return this
         * @throws IllegalArgumentException if it is out of range
         */
        public Builder capacity(int messages) {
            capacity = Limits.check("listener: capacity", messages, 1, 10_000_000);
            return this;
        }

        /**
         * Says what happens when as many wait.
         *
         * @param policy default {@link Overflow#DROP_OLDEST}
         * @return this
         */
        public Builder overflow(Overflow policy) {
            overflow = Objects.requireNonNull(policy, "policy");
            return this;
        }

        /**
         * Tells of messages that were missed.
         *
         * @param listener called between the messages before and after the gap
         * @return this
         */
        public Builder onGap(GapListener listener) {
            onGap = Objects.requireNonNull(listener, "listener");
            return this;
        }

        /**
         * Finishes the options.
         *
         * @return immutable options
         */
        public ListenerOptions build() {
            return new ListenerOptions(this);
        }
    }
}

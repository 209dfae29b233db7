/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.message;

import java.util.Objects;

/**
 * How an action is run.
 *
 * <p>Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class ActionOptions {

    private final Delivery delivery;

    private ActionOptions(Builder builder) {
        this.delivery = builder.delivery;
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
        return new Builder().delivery(delivery);
    }

    /**
     * Which replicas run a request.
     *
     * @return {@link Delivery#ONE_OF} unless declared otherwise
     */
    public Delivery delivery() {
        return delivery;
    }

    @Override
    public String toString() {
        return "ActionOptions[" + delivery + "]";
    }

    /** Collects options; not thread-safe. */
    public static final class Builder {

        private Delivery delivery = Delivery.ONE_OF;

        private Builder() {}

        /**
         * Says which replicas of the service run a request.
         *
         * @param newDelivery default {@link Delivery#ONE_OF}
         * @return this
         */
        public Builder delivery(Delivery newDelivery) {
            delivery = Objects.requireNonNull(newDelivery, "delivery");
            return this;
        }

        /**
         * Finishes the options.
         *
         * @return immutable options
         */
        public ActionOptions build() {
            return new ActionOptions(this);
        }
    }
}

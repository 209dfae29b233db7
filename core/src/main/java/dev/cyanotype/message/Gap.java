/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.message;

import java.time.Instant;
import java.util.Objects;

/**
 * A time in which a listener has, or may have, missed messages.
 *
 * @param channel the channel
 * @param from when the last message before it can have come at the latest
 * @param to when everything was heard again
 * @param cause why
 * @since 0.1
 */
public record Gap(String channel, Instant from, Instant to, Cause cause) {

    /** Why messages were missed. */
    public enum Cause {
        /** The link to the broker was down; how many messages came meanwhile nobody knows. */
        CONNECTION_LOST,
        /** The listener's queue was full. */
        QUEUE_FULL
    }

    /**
     * Checks that nothing is null.
     *
     * @param channel see the record
     * @param from see the record
     * @param to see the record
     * @param cause see the record
     */
    public Gap {
        Objects.requireNonNull(channel, "channel");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(cause, "cause");
    }
}

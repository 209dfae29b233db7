/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.message;

/**
 * What happens to a message for a listener whose queue is full.
 *
 * @since 0.1
 */
public enum Overflow {
    /**
     * The sender waits: within a process the thread that publishes, from a broker the channel's own connection, until the
     * broker cuts it off. A listener that publishes on its own channel can wait for itself.
     */
    BLOCK,
    /** The oldest waiting message is lost. */
    DROP_OLDEST,
    /** The new message is lost. */
    DROP_NEW,
    /**
     * The new message is lost, and that is an error: within a process the sender gets a {@link MessagingException}, from a
     * broker it is logged as an error.
     */
    FAIL
}

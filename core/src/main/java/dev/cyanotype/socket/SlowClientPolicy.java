/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.socket;

/**
 * What happens to messages for a websocket client that reads more slowly than it is sent to.
 *
 * <p>Answers to the client's own messages are never dropped: its next message is not read while too much waits.
 *
 * @since 0.1
 */
public enum SlowClientPolicy {
    /** The client is disconnected with the close code 1013. */
    CLOSE,
    /** The messages that have waited longest are dropped, and counted. */
    DROP_OLDEST,
    /**
     * A message with a key ({@link Audience#conflatedBy}) takes the place of the one with that key that still waits. If too much
     * waits all the same, the client is disconnected with the close code 1013.
     */
    CONFLATE
}

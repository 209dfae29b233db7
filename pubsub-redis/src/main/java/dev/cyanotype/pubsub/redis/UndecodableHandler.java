/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

/**
 * Sees messages that can't be read, which nobody else sees.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface UndecodableHandler {

    /**
     * Takes a message; several threads may call this at the same time.
     *
     * @param channel the channel it came on
     * @param message its bytes, which may be anything
     * @param reason why it can't be read; holds nothing of the message
     * @throws Exception if it can't be taken; that is logged, and hurts no other message
     */
    void undecodable(String channel, byte[] message, String reason) throws Exception;
}

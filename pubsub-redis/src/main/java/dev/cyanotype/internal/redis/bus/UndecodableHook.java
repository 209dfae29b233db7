/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.bus;

/** Sees the bytes of messages that can't be read. */
@FunctionalInterface
public interface UndecodableHook {

    /** Sees one; what it throws is logged. */
    void undecodable(String channel, byte[] message, String reason) throws Exception;
}

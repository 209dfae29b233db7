/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.bus;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of a message that can't be read: a line in the log that tells one from another, but not what is in it. */
final class Undecodable {

    private static final Logger LOG = LoggerFactory.getLogger("dev.cyanotype.redis");
    private static final int HASH_DIGITS = 16;

    private final UndecodableHook hook;
    final LongAdder count = new LongAdder();

    Undecodable(UndecodableHook hook) {
        this.hook = hook;
    }

    void take(String channel, byte[] message, RuntimeException reason) {
        count.increment();
        String why = String.valueOf(reason.getMessage());
        LOG.warn(
                "a message on '{}' can't be read: {} ({} bytes, SHA-256 {}…)",
                Printable.of(channel),
                why,
                message.length,
                hash(message));
        try {
            hook.undecodable(channel, message, why);
        } catch (Throwable e) {
            LOG.error("the hook for messages that can't be read failed", e);
        }
    }

    private static String hash(byte[] message) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(message);
            return HexFormat.of().formatHex(hash).substring(0, HASH_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has this algorithm", e);
        }
    }
}

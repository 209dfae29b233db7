/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.message;

/**
 * Handles the entries of a stream, at least once each.
 *
 * <p>An entry that was handled may come again, for instance when the process dies before that is noted: make what it does
 * repeatable, or have it done once with {@link StreamContext#id()}. One instance serves all entries and has to be
 * thread-safe where {@link ConsumerOptions#concurrency()} is more than one.
 *
 * @param <T> the type the entries are decoded to; {@link tools.jackson.databind.JsonNode} for any
 * @since 0.1
 */
@FunctionalInterface
public interface StreamConsumer<T> {

    /**
     * Handles one entry.
     *
     * @param entry the decoded entry
     * @param ctx the entry's context
     * @throws Exception to have it tried again later. Where it, or the scope's error handlers, give it a status of 400 to
     *     499 other than 408, 425 and 429, trying again is no use, and it becomes a dead letter at once
     */
    void consume(T entry, StreamContext ctx) throws Exception;
}

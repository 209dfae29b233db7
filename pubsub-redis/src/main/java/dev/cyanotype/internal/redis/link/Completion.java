/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.link;

import org.jspecify.annotations.Nullable;

/** Gets the reply to a command. */
@FunctionalInterface
public interface Completion {

    /**
     * Called once, on the thread that reads replies, so it must not block.
     *
     * @param reply what Redis answered; the error if it is one
     * @param error null if there is none
     */
    void complete(@Nullable Object reply, @Nullable Throwable error);
}

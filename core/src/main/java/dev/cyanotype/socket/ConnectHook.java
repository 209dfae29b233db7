/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.socket;

import org.jspecify.annotations.Nullable;

/**
 * Runs when a client connects.
 *
 * <p>One instance serves all clients at once and has to be thread-safe.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface ConnectHook {

    /**
     * Sees a client that connects.
     *
     * @param ctx the client, with the request that it sent
     * @return what the client gets as its first message, null for nothing, or a
     *     {@link java.util.concurrent.CompletionStage} of one of these
     * @throws Exception to refuse the client: a {@link SocketCloseException} with a close code, anything else as the error
     *     handlers say
     */
    @Nullable
    Object connected(SocketExchange ctx) throws Exception;
}

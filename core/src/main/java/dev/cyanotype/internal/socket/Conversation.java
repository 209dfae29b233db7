/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.socket;

import dev.cyanotype.socket.CloseStatus;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What is made of a client's messages. Everything runs on threads that may block, for one client in order and one at a
 * time: the next waits until the future of the one before is done, which never fails.
 */
public interface Conversation {

    CompletableFuture<?> DONE = CompletableFuture.completedFuture(null);

    /** Whether messages without a type get one, because all have to have it. */
    boolean isEnveloped();

    /** The full name of the websocket, or null if it has none. */
    @Nullable
    String name();

    CompletableFuture<?> opened(Client client);

    CompletableFuture<?> text(Client client, String message);

    CompletableFuture<?> binary(Client client, byte[] message);

    /** A message was not taken, because the client has sent too many; does not block. */
    void limited(Client client, long retryAfterSeconds);

    CompletableFuture<?> closed(Client client, CloseStatus status);
}

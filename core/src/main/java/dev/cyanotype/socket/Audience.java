/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.socket;

import org.jspecify.annotations.Nullable;

/**
 * Clients to send to, on all replicas.
 *
 * <p>A message is encoded once for all of them. The clients of this replica get it before the call returns, as far as they
 * have room; other replicas hear of it through the app's bus, at most once, and in order as far as one replica sends. It
 * is immutable: methods give changed ones. Thread-safe.
 *
 * @since 0.1
 */
public interface Audience {

    /**
     * Sends a message, as {@link Socket#send(Object)} does; to {@link Sockets#all() all} clients of the app's socket its type is
     * {@code broadcast}.
     *
     * @param data what to send
     * @return how many clients of this replica it is on its way to
     * @throws dev.cyanotype.message.MessagingException if other replicas can't be told; the clients of this one get it all
     *     the same
     */
    int send(Object data);

    /**
     * Sends a message {@code {"type":…,"data":…}}.
     *
     * @param type the message's type
     * @param data what to send, encoded as JSON
     * @return how many clients of this replica it is on its way to
     * @throws dev.cyanotype.message.MessagingException if other replicas can't be told; the clients of this one get it all
     *     the same
     */
    int send(String type, @Nullable Object data);

    /**
     * The same clients without some.
     *
     * @param clientIds ids of clients; unknown ones have no effect
     * @return the others
     */
    Audience except(String... clientIds);

    /**
     * The same clients, with messages of which only the newest counts, for those whose policy is
     * {@link SlowClientPolicy#CONFLATE}.
     *
     * @param key says which messages replace one another, such as {@code price.EUR}
     * @return the same clients
     */
    Audience conflatedBy(String key);
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.socket;

import java.util.List;
import java.util.Set;

/**
 * A named group of clients, on all replicas. It exists as long as it has members.
 *
 * <p>Thread-safe.
 *
 * @since 0.1
 */
public interface Room extends Audience {

    /**
     * Its name.
     *
     * @return not empty
     */
    String name();

    /**
     * Its members on this replica.
     *
     * @return ids of clients; a snapshot
     */
    Set<String> members();

    /**
     * Its members on all replicas.
     *
     * <p>Those of a replica that has died are shown until their time to live is over, which is 30 seconds.
     *
     * @return a snapshot, in no certain order
     * @throws dev.cyanotype.message.MessagingException if other replicas can't be asked
     */
    List<Presence> presence();
}

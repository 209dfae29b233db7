/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.testkit.broker;

import org.jspecify.annotations.Nullable;

/** An entry that a group has not handled. Guarded by its group. */
final class Pending {

    final Streams.Entry entry;

    /** How often it was begun. */
    int deliveries;

    /** Who has it; null if nobody does. */
    @Nullable
    GroupMember owner;

    /** The attempt that is under way; null while it waits or rests. */
    @Nullable
    Attempt attempt;

    /** Until when it rests, by the broker's clock; 0 if it does not. */
    long restsUntil;

    /** Whether it has come a second time after it was handled. */
    boolean doubled;

    /** One delivery to one replica. */
    static final class Attempt {

        final Pending pending;
        final GroupMember member;

        /** Whether the replica has a place for others again. */
        boolean over;

        /** Whether its handler was called. */
        boolean begun;

        Attempt(Pending pending, GroupMember member) {
            this.pending = pending;
            this.member = member;
        }
    }

    Pending(Streams.Entry entry) {
        this.entry = entry;
    }
}

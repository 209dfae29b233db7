/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.socket;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rooms that one client is in. Thread-safe. */
final class Memberships {

    /** Null while it is in none. */
    private @Nullable Set<String> rooms;

    private boolean ended;

    /**
     * Adds a room, unless the client has gone.
     *
     * @param again whether it counts also if it is in there
     * @param joined told in the order of changes
     */
    synchronized void join(String room, boolean again, Runnable joined) {
        if (ended) {
            return;
        }
        if (rooms == null) {
            rooms = new LinkedHashSet<>(2);
        }
        if (rooms.add(room) || again) {
            joined.run();
        }
    }

    /**
     * Takes a room away, if it is in there.
     *
     * @param left told in the order of changes
     */
    synchronized void leave(String room, Runnable left) {
        if (rooms != null && rooms.remove(room)) {
            left.run();
        }
    }

    synchronized Set<String> all() {
        return rooms == null ? Set.of() : Set.copyOf(rooms);
    }

    /** Takes all away, and keeps the client from joining others; which it was in. */
    synchronized Set<String> end() {
        Set<String> left = all();
        ended = true;
        rooms = null;
        return left;
    }
}

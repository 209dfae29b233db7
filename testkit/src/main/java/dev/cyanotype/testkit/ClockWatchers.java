/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Those who have more to do with the threads of apps than a clock can know. Thread-safe. */
final class ClockWatchers {

    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();

    /** One of them. Thread-safe. */
    interface Watcher {

        /** Something has happened that was due; the clock goes on when this returns. */
        void moved();

        /** The clock has gone as far as it was to go. */
        void arrived();

        /** Whether a thread does nothing for the app any more, whatever else it does. */
        boolean hasEnded(Thread thread);
    }

    void join(Watcher watcher) {
        watchers.add(watcher);
    }

    void leave(Watcher watcher) {
        watchers.remove(watcher);
    }

    void moved() {
        watchers.forEach(Watcher::moved);
    }

    void arrived() {
        watchers.forEach(Watcher::arrived);
    }

    boolean haveSeenTheEndOf(Thread thread) {
        return !watchers.isEmpty() && watchers.stream().allMatch(watcher -> watcher.hasEnded(thread));
    }
}

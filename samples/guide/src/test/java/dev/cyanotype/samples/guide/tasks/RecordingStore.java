/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.guide.tasks;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Says what was done with it. */
class RecordingStore implements Sessions.Store {

    final List<String> done = new ArrayList<>();

    @Override
    public synchronized void open() {
        done.add("open");
    }

    @Override
    public synchronized void removeUnusedSince(Instant time) {
        done.add("remove " + time);
    }

    @Override
    public synchronized void count(long token, Instant when) {
        done.add("count " + when);
    }

    @Override
    public synchronized void upload() {
        done.add("upload");
    }

    @Override
    public synchronized boolean isOpen() {
        return done.contains("open") && !done.contains("close");
    }

    @Override
    public synchronized void close() {
        done.add("close");
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.bus;

import dev.cyanotype.spi.Dispatcher;
import dev.cyanotype.spi.MountedOperation;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Hands messages to one listener, in their order and one at a time, never on the thread that publishes. */
final class ListenerLane {

    private static final Logger LOG = LoggerFactory.getLogger("dev.cyanotype.message");

    private final Dispatcher dispatcher;
    private final Executor executor;
    private final MountedOperation listener;
    private final Queue<Entry> waiting = new ArrayDeque<>();
    private boolean running;

    private record Entry(JsonNode message, Runnable done) {}

    ListenerLane(Dispatcher dispatcher, Executor executor, MountedOperation listener) {
        this.dispatcher = dispatcher;
        this.executor = executor;
        this.listener = listener;
    }

    /** Takes a message; {@code done} runs when the listener has heard it. */
    void add(JsonNode message, Runnable done) {
        synchronized (waiting) {
            waiting.add(new Entry(message, done));
            if (running) {
                return;
            }
            running = true;
        }
        try {
            executor.execute(this::run);
        } catch (RejectedExecutionException e) {
            LOG.error("listener {}: the executor takes no work, so its waiting messages are lost", listener, e);
            for (Entry lost = next(); lost != null; lost = next()) {
                lost.done().run();
            }
        }
    }

    private void run() {
        for (Entry entry = next(); entry != null; entry = next()) {
            try {
                dispatcher.message(listener, entry.message()).join();
            } finally {
                entry.done().run();
            }
        }
    }

    private @Nullable Entry next() {
        synchronized (waiting) {
            Entry entry = waiting.poll();
            running = entry != null;
            return entry;
        }
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.task;

import dev.cyanotype.internal.dispatch.TaskControl;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One run of a task, which can be told to end. Thread-safe. */
final class OneRun implements TaskControl {

    private final Instant due;
    private volatile boolean running = true;
    private volatile long fencingToken;
    private @Nullable Thread thread;
    private boolean interrupted;

    OneRun(Instant due) {
        this.due = due;
    }

    void fencingToken(long token) {
        fencingToken = token;
    }

    @Override
    public Instant due() {
        return due;
    }

    @Override
    public boolean running() {
        return running;
    }

    @Override
    public long fencingToken() {
        return fencingToken;
    }

    /** The thread that does it may be interrupted from now on. */
    synchronized void begin() {
        thread = Thread.currentThread();
        if (interrupted) {
            thread.interrupt();
        }
    }

    /** And from now on it is not, and whoever uses the thread next does not know of it. */
    synchronized void leave() {
        thread = null;
        if (interrupted) {
            Thread.interrupted();
        }
    }

    /** Tells it to end. */
    void end() {
        running = false;
    }

    /** Tells it to end, and does not wait until it looks. */
    synchronized void interrupt() {
        running = false;
        interrupted = true;
        if (thread != null) {
            thread.interrupt();
        }
    }
}

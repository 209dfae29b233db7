/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.task;

import java.time.Duration;
import java.util.Optional;

/**
 * A thread of a running app.
 *
 * <p>Thread-safe.
 *
 * @since 0.1
 */
public interface WorkerHandle {

    /** How a thread is. */
    enum State {
        /** It was not started, was stopped, or has ended by itself. */
        ENDED,
        /** It runs. */
        RUNNING,
        /** It has failed, and is started again in a moment. */
        RESTARTING,
        /** It has failed as often as is allowed. */
        FAILED,
        /** It was told to end, and does not. */
        ENDING
    }

    /**
     * The thread's full name.
     *
     * @return such as {@code users.user_activity_monitor}
     */
    String name();

    /**
     * How it is.
     *
     * @return at this moment
     */
    State state();

    /**
     * Starts it, also if it has ended or failed before; the restarts are counted anew.
     *
     * @return false if it runs, is restarting, or does not end
     * @throws IllegalStateException if the app stops
     */
    boolean start();

    /**
     * Tells it to end and waits. Halfway through the time it is interrupted.
     *
     * @param timeout how long to wait at most, zero or more
     * @return whether it has ended; if not, it may do so later, and can't be started before
     */
    boolean stop(Duration timeout);

    /**
     * How often it was started again after a failure.
     *
     * @return since it was last started by hand or with the app
     */
    int restarts();

    /**
     * What it failed with.
     *
     * @return the last failure; empty if it has not failed yet
     */
    Optional<Throwable> lastFailure();
}

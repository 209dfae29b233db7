/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.task;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A task of a running app.
 *
 * <p>What it says and does is of this replica only. Thread-safe.
 *
 * @since 0.1
 */
public interface TaskHandle {

    /**
     * The task's full name.
     *
     * @return such as {@code users.user_cleanup}
     */
    String name();

    /**
     * When it runs.
     *
     * @return as declared
     */
    Schedule schedule();

    /** Leaves out what becomes due from now on; a run under way ends as usual. */
    void pause();

    /** Goes on after a pause; what became due meanwhile stays left out. */
    void resume();

    /**
     * Whether it is paused.
     *
     * @return false until {@link #pause}
     */
    boolean isPaused();

    /**
     * Runs it once, as soon as it does not run; also while it is paused. Further calls before that run begins are for the same
     * run. The times it is due at stay as they are.
     *
     * @return how that run went, once it is known, or that it was left out because another replica runs the task; does not
     *     fail
     * @throws IllegalStateException if the app stops
     */
    CompletableFuture<TaskRun> trigger();

    /**
     * Whether it runs at this moment.
     *
     * @return false between runs
     */
    boolean isRunning();

    /**
     * When it is due next.
     *
     * @return empty while it is paused, or if no further run is planned
     */
    Optional<Instant> nextRun();

    /**
     * How the last run that was begun went.
     *
     * @return empty before the first has ended
     */
    Optional<TaskRun> lastRun();

    /**
     * How many runs have ended.
     *
     * @return zero or more
     */
    long runs();

    /**
     * How many of these have failed.
     *
     * @return zero or more
     */
    long failures();

    /**
     * How many runs were left out, because the one before took too long or the machine was asleep.
     *
     * @return zero or more
     */
    long missed();
}

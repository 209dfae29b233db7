/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype;

import dev.cyanotype.internal.lifecycle.StopOutcome;
import java.time.Duration;
import java.util.List;

/**
 * What became of what was under way when an app was told to stop.
 *
 * <p>Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class StopReport {

    private final StopOutcome outcome;

    StopReport(StopOutcome outcome) {
        this.outcome = outcome;
    }

    /**
     * Whether nothing was cut off, nothing was abandoned, and no hook failed.
     *
     * @return true if all went well and was over in time
     */
    public boolean isClean() {
        return outcome.cut() == 0
                && outcome.failed().isEmpty()
                && outcome.unended().isEmpty();
    }

    /**
     * How long it took.
     *
     * @return from the first step to the last
     */
    public Duration took() {
        return outcome.took();
    }

    /**
     * How long it might have taken.
     *
     * @return the budget
     */
    public Duration budget() {
        return outcome.budget();
    }

    /**
     * How much of what was under way has ended as it should.
     *
     * @return requests, actions, messages, entries, messages of websockets, and runs of tasks
     */
    public long finished() {
        return outcome.finished();
    }

    /**
     * How much was sent away, to be done by other replicas.
     *
     * @return requests and actions that came or waited
     */
    public long refused() {
        return outcome.refused();
    }

    /**
     * How much of what was under way had not ended when the budget was spent.
     *
     * @return as {@link #finished()}, and the websockets whose clients did not close them
     */
    public long cut() {
        return outcome.cut();
    }

    /**
     * How many websockets were closed in order.
     *
     * @return with the code 1001
     */
    public long websocketsClosed() {
        return outcome.socketsClosed();
    }

    /**
     * The stop hooks that threw something, which is in the log.
     *
     * @return each with its kind and its line
     */
    public List<String> failed() {
        return outcome.failed();
    }

    /**
     * What was interrupted, did not end, and was left behind.
     *
     * @return hooks, tasks, threads and transports, such as {@code thread 'users.monitor'}
     */
    public List<String> abandoned() {
        return outcome.unended();
    }

    /**
     * All of it.
     *
     * @return the line of the log
     */
    @Override
    public String toString() {
        return outcome.toString();
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.task;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a run of a task went.
 *
 * @param result the result
 * @param due when it was due
 * @param took from its beginning to its end; zero if it was not begun
 * @param failure what it threw, if it failed and threw something; or what kept it from being begun
 * @since 0.1
 */
public record TaskRun(
        Result result, Instant due, Duration took, @Nullable Throwable failure) {

    /** How it went. */
    public enum Result {
        /** It ended. */
        SUCCEEDED,
        /** It threw something. */
        FAILED,
        /** It was not begun: another replica runs the task or has run it, or the executor or the broker took no work. */
        LEFT_OUT
    }
}

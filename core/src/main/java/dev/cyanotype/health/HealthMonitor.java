/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.health;

import java.util.concurrent.CompletableFuture;

/**
 * Looks how an app is. Handlers get it by {@code ctx.as(HealthMonitor.class)}.
 *
 * <p>Checks run only while the app runs: before its start hooks have run, and while it ends, what they need may not be there, and
 * the answer does not depend on them. All of a report run at the same time. Who asks while a check runs gets the result of that
 * run; one that has not ended though its time is over is not started again, and counts as down. Thread-safe.
 *
 * @since 0.1
 */
public interface HealthMonitor {

    /**
     * Whether the app is not to be killed.
     *
     * @return up from the beginning of the start to the end of the stop, unless the app runs and a check that counts for
     *     liveness fails; never fails itself, and ends when the longest timeout is over
     */
    CompletableFuture<HealthReport> live();

    /**
     * Whether the app can do its work now.
     *
     * @return up while the app runs, no transport is cut off and no check fails; never fails itself, and ends when the longest
     *     timeout is over
     */
    CompletableFuture<HealthReport> ready();

    /**
     * Whether the app has started.
     *
     * @return up from the end of the start to the end of the stop; already there
     */
    CompletableFuture<HealthReport> started();
}

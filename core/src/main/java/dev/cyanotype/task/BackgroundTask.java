/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.task;

/**
 * Does something periodically.
 *
 * <p>It never overlaps itself: a run that takes longer than the interval delays the next one.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface BackgroundTask {

    /**
     * Runs once.
     *
     * @param ctx this run
     * @throws Exception is logged; the next run comes as planned
     */
    void run(TaskContext ctx) throws Exception;
}

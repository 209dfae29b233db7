/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.task;

/**
 * Does something periodically.
 *
 * <p>It never overlaps itself: what becomes due while it runs is left out.
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

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.task;

/**
 * Does something for as long as the app runs, on a thread of its own.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Worker {

    /**
     * Runs until it is done or told to end.
     *
     * @param ctx says when to end
     * @throws Exception is logged; the thread is started again after a time
     */
    void run(WorkerContext ctx) throws Exception;
}

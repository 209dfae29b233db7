/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.task;

/**
 * Runs once when the app starts or stops.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface LifecycleHook {

    /**
     * Does its part of the start or the stop.
     *
     * @param ctx what the hook may use
     * @throws Exception if it can't: a start then fails and is undone; a stop goes on
     */
    void run(LifecycleContext ctx) throws Exception;
}

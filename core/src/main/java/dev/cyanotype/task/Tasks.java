/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.task;

import java.util.List;

/**
 * The tasks and threads of a running app; handlers get it with {@code ctx.as(Tasks.class)}.
 *
 * <p>Thread-safe.
 *
 * @since 0.1
 */
public interface Tasks {

    /**
     * Finds a task.
     *
     * @param name its full name such as {@code users.clean}, or its own
     * @return the task
     * @throws IllegalArgumentException if there is none
     */
    TaskHandle task(String name);

    /**
     * All tasks.
     *
     * @return in the order they were declared
     */
    List<TaskHandle> tasks();

    /**
     * Finds a thread.
     *
     * @param name its full name such as {@code users.clean}, or its own
     * @return the thread
     * @throws IllegalArgumentException if there is none
     */
    WorkerHandle thread(String name);

    /**
     * All threads.
     *
     * @return in the order they were declared
     */
    List<WorkerHandle> threads();
}

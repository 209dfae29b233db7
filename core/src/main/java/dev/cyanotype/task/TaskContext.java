/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.task;

import dev.cyanotype.exchange.Exchange;
import dev.cyanotype.message.Callers;
import java.time.Instant;

/**
 * One run of a task.
 *
 * @since 0.1
 */
public interface TaskContext extends Exchange, Callers {

    /**
     * The task's name.
     *
     * @return as declared with {@code background}
     */
    String task();

    /**
     * When this run was due: not when it began, which may be later.
     *
     * @return by the app's clock; the time it was triggered at, if it was
     */
    Instant due();

    /**
     * Whether to go on.
     *
     * @return false once the app stops, or another replica may run the task
     */
    boolean running();

    /**
     * A number above that of every earlier run of this task on any replica. What refuses lower ones than it has seen is safe from
     * a replica that was frozen while it ran the task, and goes on when others have taken it over.
     *
     * @return 1 or more
     * @throws IllegalStateException if the task is not declared with {@code onOneReplica}
     */
    long fencingToken();
}

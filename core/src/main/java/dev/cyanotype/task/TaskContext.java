/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.task;

import dev.cyanotype.exchange.Exchange;

/**
 * One run of a periodic task.
 *
 * @since 0.1
 */
public interface TaskContext extends Exchange {

    /**
     * The task's name.
     *
     * @return as declared with {@code background}
     */
    String task();
}

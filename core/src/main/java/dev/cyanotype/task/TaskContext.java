/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.task;

import dev.cyanotype.exchange.Exchange;
import dev.cyanotype.message.Callers;

/**
 * One run of a periodic task.
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
}

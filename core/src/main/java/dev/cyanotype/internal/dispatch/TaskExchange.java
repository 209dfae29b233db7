/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.dispatch;

import dev.cyanotype.task.TaskContext;
import org.jspecify.annotations.Nullable;

/** One run of a task. */
final class TaskExchange extends BaseExchange implements TaskContext {

    private final String operation;
    private final String task;

    TaskExchange(AppRuntime runtime, String operation, String task) {
        super(runtime);
        this.operation = operation;
        this.task = task;
    }

    @Override
    String transport() {
        return "task";
    }

    @Override
    boolean hasClient() {
        return false;
    }

    @Override
    @Nullable
    String givenCorrelationId() {
        return null;
    }

    @Override
    public String operation() {
        return operation;
    }

    @Override
    public String task() {
        return task;
    }
}

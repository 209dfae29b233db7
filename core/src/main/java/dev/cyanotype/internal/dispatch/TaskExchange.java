/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.dispatch;

import dev.cyanotype.task.TaskContext;

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
    Carrier carrier() {
        return Carrier.TASK;
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

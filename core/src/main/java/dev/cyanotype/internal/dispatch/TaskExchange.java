/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.dispatch;

import dev.cyanotype.internal.assembly.Operation;
import dev.cyanotype.task.TaskContext;

/** One run of a task. */
final class TaskExchange extends OperationExchange implements TaskContext {

    TaskExchange(AppRuntime runtime, Operation.Task operation) {
        super(runtime, operation);
    }

    @Override
    Carrier carrier() {
        return Carrier.TASK;
    }

    @Override
    public String task() {
        return address();
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.dispatch;

import dev.cyanotype.internal.assembly.TaskOperation;
import dev.cyanotype.task.TaskContext;
import java.time.Instant;

/** One run of a task. */
final class TaskExchange extends OperationExchange implements TaskContext {

    private final TaskControl control;

    TaskExchange(AppRuntime runtime, TaskOperation operation, TaskControl control) {
        super(runtime, operation);
        this.control = control;
    }

    @Override
    Carrier carrier() {
        return Carrier.TASK;
    }

    @Override
    public String task() {
        return address();
    }

    @Override
    public Instant due() {
        return control.due();
    }

    @Override
    public boolean running() {
        return control.running();
    }

    @Override
    public long fencingToken() {
        long token = control.fencingToken();
        if (token == 0) {
            throw new IllegalStateException("task '" + operation()
                    + "' runs on each replica, so it has no fencing token. Declare it with Schedule.…onOneReplica().");
        }
        return token;
    }
}

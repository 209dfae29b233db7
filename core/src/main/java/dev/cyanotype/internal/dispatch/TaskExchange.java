/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.dispatch;

import dev.cyanotype.exchange.Attribute;
import dev.cyanotype.internal.assembly.Level;
import dev.cyanotype.internal.assembly.Operation;
import dev.cyanotype.task.TaskContext;
import java.util.Map;

/** One run of a task. */
final class TaskExchange extends BaseExchange implements TaskContext {

    private final Operation.Task operation;

    TaskExchange(AppRuntime runtime, Operation.Task operation) {
        super(runtime);
        this.operation = operation;
    }

    @Override
    Carrier carrier() {
        return Carrier.TASK;
    }

    @Override
    Level level() {
        return operation.level();
    }

    @Override
    Map<Attribute<?>, Object> declaredAttributes() {
        return operation.attributes();
    }

    @Override
    public String operation() {
        return operation.label();
    }

    @Override
    public String task() {
        return operation.address();
    }
}

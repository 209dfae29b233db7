/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.dispatch;

import dev.cyanotype.exchange.Attribute;
import dev.cyanotype.internal.assembly.Level;
import dev.cyanotype.internal.assembly.Operation;
import java.util.Map;

/** An exchange whose operation is known from the start, because it is addressed by name. */
abstract class OperationExchange extends BaseExchange {

    private final Operation operation;

    OperationExchange(AppRuntime runtime, Operation operation) {
        super(runtime);
        this.operation = operation;
    }

    @Override
    final Level level() {
        return operation.level();
    }

    @Override
    final Map<Attribute<?>, Object> declaredAttributes() {
        return operation.attributes();
    }

    @Override
    public final String operation() {
        return operation.label();
    }

    /** What reaches the operation. */
    final String address() {
        return operation.address();
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.assembly;

import dev.cyanotype.internal.spec.OperationSpec.TaskSpec;
import dev.cyanotype.spi.OperationKind;

/** A periodic task. */
public final class TaskOperation extends Operation {

    private final TaskSpec spec;

    TaskOperation(Level level, TaskSpec spec) {
        super(OperationKind.TASK, level.nameOf(spec.name()), spec.name(), level, spec.source());
        this.spec = spec;
    }

    public TaskSpec spec() {
        return spec;
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.assembly;

import dev.cyanotype.internal.spec.OperationSpec.WorkerSpec;
import dev.cyanotype.spi.OperationKind;

/** A long-running thread. */
public final class WorkerOperation extends Operation {

    private final WorkerSpec spec;

    WorkerOperation(Level level, WorkerSpec spec) {
        super(OperationKind.THREAD, level.nameOf(spec.name()), spec.name(), level, spec.source());
        this.spec = spec;
    }

    public WorkerSpec spec() {
        return spec;
    }
}

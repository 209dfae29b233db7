/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.assembly;

import dev.cyanotype.internal.spec.LifecycleSpec;

/** A start or stop hook in the first place of its blueprint. */
public record StartHook(Level level, LifecycleSpec spec) {

    @Override
    public String toString() {
        return spec.phase().method() + " hook of " + level.owner() + " (" + spec.source() + ")";
    }
}

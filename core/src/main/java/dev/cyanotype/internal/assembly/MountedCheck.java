/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.assembly;

import dev.cyanotype.internal.spec.CheckSpec;

/** A health check in the first place of its blueprint. */
public record MountedCheck(Level level, CheckSpec spec) {

    /** Its full name. */
    public String name() {
        return level.nameOf(spec.name());
    }

    /** Who declared it and where, as a conflict shows it. */
    String declaration() {
        return level.owner() + " (" + spec.source() + ")";
    }
}

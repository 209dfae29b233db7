/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype;

/**
 * What happens when two declarations want the same place.
 *
 * @since 0.1
 */
public enum ConflictPolicy {
    /** {@link App.Builder#build()} fails and lists all of them. */
    FAIL,
    /** The later one wins, with a warning in the log, as Daebus has it. */
    OVERRIDE
}

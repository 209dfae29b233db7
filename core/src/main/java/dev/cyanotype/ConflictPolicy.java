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
    /**
     * The later one wins, with a warning in the log, as Daebus has it.
     *
     * <p>Blueprints of one full name then stand beside each other; only what addresses a route by a name that several have is an
     * error. App-wide error handlers for the same errors stay a conflict.
     */
    OVERRIDE
}

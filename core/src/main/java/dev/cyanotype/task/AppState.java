/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.task;

/**
 * Where an app is between start and stop. It goes from one to the next and never back; any may be left out but the first and the
 * last.
 *
 * @since 0.1
 */
public enum AppState {
    /** It was built, and not started. */
    NEW,
    /** It opens its transports and runs its start hooks. */
    STARTING,
    /** It is up. */
    RUNNING,
    /** It takes no new work, and finishes what is under way. */
    STOPPING,
    /** It has ended, or could not start. */
    STOPPED
}

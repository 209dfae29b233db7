/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.dispatch;

import java.time.Instant;

/** What a run of a task is told of its circumstances. */
public interface TaskControl {

    /** When it was due. */
    Instant due();

    /** Whether it may go on. */
    boolean running();

    /** Above that of all runs before, or 0 if each replica runs the task. */
    long fencingToken();
}

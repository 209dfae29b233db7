/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.spec;

import dev.cyanotype.task.LifecycleHook;

/**
 * One declared start or stop hook.
 *
 * @param priority higher ones start earlier and stop later, over the whole app
 */
public record LifecycleSpec(Phase phase, int priority, LifecycleHook hook, String source) {

    /** When hooks run. */
    public enum Phase {
        STARTING("onStarting"),
        START("onStart"),
        STOPPING("onStopping"),
        STOP("onStop");

        private final String method;

        Phase(String method) {
            this.method = method;
        }

        /** How the DSL calls it. */
        public String method() {
            return method;
        }
    }
}

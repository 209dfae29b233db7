/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.spi;

import dev.cyanotype.message.ActionOptions;

/**
 * An action in its place on an app.
 *
 * <p>Implemented by the library only. Immutable and thread-safe.
 *
 * @since 0.1
 */
public interface MountedAction extends MountedOperation {

    /**
     * How it is run.
     *
     * @return as it was declared
     */
    ActionOptions options();
}

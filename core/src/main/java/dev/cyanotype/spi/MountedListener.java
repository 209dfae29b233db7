/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.spi;

import dev.cyanotype.message.ListenerOptions;

/**
 * A channel listener in its place on an app.
 *
 * <p>Implemented by the library only. Immutable and thread-safe.
 *
 * @since 0.1
 */
public interface MountedListener extends MountedOperation {

    /**
     * How it hears its channel, which is its {@link #address()}.
     *
     * @return as it was declared
     */
    ListenerOptions options();
}

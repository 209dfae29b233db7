/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.spi;

import org.jspecify.annotations.Nullable;

/**
 * One operation in its place on an app.
 *
 * <p>Implemented by the library only; each app has its own. Immutable and thread-safe.
 *
 * @since 0.1
 */
public interface MountedOperation {

    /**
     * Its kind.
     *
     * @return the kind
     */
    OperationKind kind();

    /**
     * Its full name.
     *
     * @return dotted mount names and its own, or null if it can't be addressed
     */
    @Nullable
    String name();

    /**
     * What reaches it.
     *
     * @return a route's methods and pattern, an action's name, a listener's channel, a socket message's type, a task's
     *     name
     */
    String address();

    /**
     * The full name of the blueprint that declares it.
     *
     * @return dotted mount names; empty for what the app itself declares
     */
    String blueprint();

    /**
     * Where it was declared.
     *
     * @return such as {@code Users.java:41}
     */
    String source();
}

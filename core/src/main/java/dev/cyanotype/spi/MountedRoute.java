/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.spi;

import dev.cyanotype.http.HttpMethod;
import dev.cyanotype.http.Route;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A route on one of its paths, in its place on an app.
 *
 * <p>Implemented by the library only. Immutable and thread-safe.
 *
 * @since 0.1
 */
public interface MountedRoute extends MountedOperation {

    /**
     * What it answers.
     *
     * @return one or more, unmodifiable; HEAD only if it was declared
     */
    Set<HttpMethod> methods();

    /**
     * Whose requests it answers.
     *
     * @return host names in lower case; empty for every host
     */
    List<String> hosts();

    /**
     * The whole path, with version and prefixes.
     *
     * @return a pattern such as {@code /v1/users/{id}}
     */
    String path();

    /**
     * The version in the path.
     *
     * @return without the version prefix, or null if there is none
     */
    @Nullable
    String version();

    /**
     * The route as it was declared.
     *
     * @return the route
     */
    Route route();
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.spi;

import dev.cyanotype.exchange.Attribute;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A blueprint or a group in one place on an app, with the options that hold there.
 *
 * <p>Implemented by the library only. Immutable and thread-safe.
 *
 * @since 0.1
 */
public interface MountedBlueprint {

    /**
     * The app that it stands on.
     *
     * @return the app's name
     */
    String app();

    /**
     * Its full name in this place.
     *
     * @return dotted mount names; for a nameless group that of the blueprint around it
     */
    String name();

    /**
     * Its whole prefix, with version and the prefixes around it.
     *
     * @return a pattern such as {@code /v1/{tenant}/users}; {@code /} if there is none
     */
    String path();

    /**
     * The version that holds for it.
     *
     * @return without the version prefix, or null if there is none
     */
    @Nullable
    String version();

    /**
     * Whose requests it answers.
     *
     * @return host names in lower case, with subdomains; empty for every host
     */
    List<String> hosts();

    /**
     * Whether this is the first place of that blueprint on the app, which has its actions, listeners, tasks and start hooks.
     *
     * @return false for all further places
     */
    boolean first();

    /**
     * An attribute that holds for it, its mount's own before others.
     *
     * @param <T> the type of the value
     * @param key the key
     * @return the value, or null if there is none
     */
    <T> @Nullable T attribute(Attribute<T> key);

    /**
     * Where it was mounted.
     *
     * @return such as {@code Main.java:12}
     */
    String source();
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.spi;

import java.util.Set;

/**
 * Makes a transport for an app.
 *
 * <p>Found with {@link java.util.ServiceLoader}: declare it both with {@code provides} and in
 * {@code META-INF/services}, with a public constructor without parameters. An instance given to the app's builder beats
 * a found one of the same id. Each app asks once when it starts; an answer that is not as described here, and what a method
 * throws, keeps it from starting. Thread-safe.
 *
 * @since 0.1
 */
public interface TransportProvider {

    /**
     * What settings and messages call it.
     *
     * @return lower-case letters, digits and hyphens, such as {@code http}; unique within an app
     */
    String id();

    /**
     * When its transports start: lower ones first; they stop in reverse.
     *
     * @return 0 unless it depends on another
     */
    default int order() {
        return 0;
    }

    /**
     * The kinds of operations that its transports carry.
     *
     * @return one or more
     */
    Set<OperationKind> carries();

    /**
     * The settings it reads.
     *
     * @return full keys, such as {@code http.port}; {@code *} for a transport that stands in for others, so that no key
     *     counts as unknown
     */
    default Set<String> settings() {
        return Set.of();
    }

    /**
     * Whether the app is to have its transport.
     *
     * @param settings the settings from outside
     * @return true unless it has nothing to connect to; then other ways of carrying its operations are taken
     * @throws IllegalArgumentException if a setting is wrong
     */
    default boolean isEnabled(Settings settings) {
        return true;
    }

    /**
     * Makes a transport that is not yet started, and opens nothing.
     *
     * @param context what the app gives
     * @return a new transport
     * @throws IllegalArgumentException if a setting is wrong
     */
    Transport create(TransportContext context);
}

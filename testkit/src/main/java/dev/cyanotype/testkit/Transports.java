/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

/**
 * What an app is reached by in a test.
 *
 * @since 0.1
 */
public enum Transports {
    /**
     * What the system property {@code cyanotype.test.transports} says, or else the environment variable
     * {@code CYANOTYPE_TEST_TRANSPORTS}: {@code memory} or {@code real}. If neither is set, {@link #IN_MEMORY}.
     */
    DEFAULT,

    /** The calling thread, without a port or a broker. */
    IN_MEMORY,

    /**
     * Free ports of 127.0.0.1 and a Redis of the app's own, with the transports that are on the path or were given to the app. Where
     * something is set off within the {@link TestApp}, it has happened when the call returns, as in memory.
     */
    REAL;

    private static final String PROPERTY = "cyanotype.test.transports";
    private static final String VARIABLE = "CYANOTYPE_TEST_TRANSPORTS";

    /** Never {@link #DEFAULT}. */
    Transports resolved() {
        if (this != DEFAULT) {
            return this;
        }
        String property = System.getProperty(PROPERTY);
        String wanted = property == null ? System.getenv(VARIABLE) : property;
        if (wanted == null || wanted.equalsIgnoreCase("memory")) {
            return IN_MEMORY;
        }
        if (wanted.equalsIgnoreCase("real")) {
            return REAL;
        }
        throw new IllegalArgumentException("%s '%s' (expected: memory or real)"
                .formatted(
                        property == null ? "environment variable " + VARIABLE : "system property " + PROPERTY, wanted));
    }
}

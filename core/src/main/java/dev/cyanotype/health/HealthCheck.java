/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.health;

/**
 * Finds out whether something that a service needs is there, such as its database.
 *
 * <p>It runs at most once at a time, but on many threads over time, and so has to be thread-safe. It may block, for as long as
 * {@link HealthCheckOptions#timeout()} allows.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface HealthCheck {

    /**
     * Looks whether it is there.
     *
     * @return false if it is not
     * @throws Exception which is the same as false, and is logged; no client sees its message
     */
    boolean isHealthy() throws Exception;
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.stream;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Takes over what consumers have left that are no more. */
@FunctionalInterface
interface Reclaim {

    /**
     * Looks for entries that nobody has renewed, and makes them this consumer's, without counting that as a delivery.
     *
     * @param idle for how long nobody has
     * @param most how many at most
     * @param taken gets their identifiers if there are any; called on a thread that must not block
     */
    void sweep(Duration idle, int most, Consumer<List<String>> taken);
}

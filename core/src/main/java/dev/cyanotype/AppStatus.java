/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype;

import dev.cyanotype.spi.Transport;
import dev.cyanotype.task.AppState;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * How an app is at a moment.
 *
 * <p>Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class AppStatus {

    private final AppState state;
    private final Map<String, Transport.Health> health;
    private final Map<String, Long> counters;

    AppStatus(AppState state, Map<String, Transport.Health> health, Map<String, Long> counters) {
        this.state = state;
        this.health = Collections.unmodifiableMap(new LinkedHashMap<>(health));
        this.counters = Collections.unmodifiableMap(new TreeMap<>(counters));
    }

    /**
     * Where the app is between start and stop.
     *
     * @return the state
     */
    public AppState state() {
        return state;
    }

    /**
     * Whether all of it does its work, as a readiness probe asks.
     *
     * @return false while the app is not up, or a transport is cut off from what it talks to
     */
    public boolean isReady() {
        return state == AppState.RUNNING && !health.containsValue(Transport.Health.DOWN);
    }

    /**
     * How each transport is.
     *
     * @return by the transports' ids, in starting order; empty while the app is not up
     */
    public Map<String, Transport.Health> health() {
        return health;
    }

    /**
     * What the transports have counted since the start.
     *
     * @return by id and name, such as {@code redis.reconnects}; empty while the app is not up
     */
    public Map<String, Long> counters() {
        return counters;
    }

    @Override
    public String toString() {
        return "AppStatus["
                + (isReady()
                        ? "ready"
                        : state == AppState.RUNNING ? "not ready" : state.name().toLowerCase(Locale.ROOT))
                + ", " + health + "]";
    }
}

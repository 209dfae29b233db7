/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.health;

import dev.cyanotype.task.AppState;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * How an app was when somebody asked.
 *
 * <p>Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class HealthReport {

    /** How something is. */
    public enum Status {
        /** It does its work. */
        UP,
        /** It does not. */
        DOWN
    }

    /**
     * One thing that was looked at.
     *
     * @param name {@code app} for the app itself, the id of a transport, or the full name of a check
     * @param status how it is
     * @param data what else there is to say, such as a {@code reason}; often empty, and never a secret
     * @since 0.1
     */
    public record Component(String name, Status status, Map<String, String> data) {

        /**
         * Keeps a copy of the data, in its order.
         *
         * @param name {@code app} for the app itself, the id of a transport, or the full name of a check
         * @param status how it is
         * @param data what else there is to say
         */
        public Component {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(status, "status");
            data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
        }
    }

    private final AppState state;
    private final List<Component> components;

    private HealthReport(AppState state, List<Component> components) {
        this.state = state;
        this.components = components;
    }

    /**
     * A report of components.
     *
     * @param state where the app is between start and stop
     * @param components what was looked at
     * @return which is up if all of them are
     */
    public static HealthReport of(AppState state, List<Component> components) {
        return new HealthReport(Objects.requireNonNull(state, "state"), List.copyOf(components));
    }

    /**
     * Whether all is well.
     *
     * @return false if any component is down
     */
    public boolean isUp() {
        return components.stream().allMatch(component -> component.status() == Status.UP);
    }

    /**
     * Where the app was between start and stop.
     *
     * @return the state
     */
    public AppState state() {
        return state;
    }

    /**
     * What was looked at.
     *
     * @return the app itself, then transports, then checks in mounting order; unmodifiable
     */
    public List<Component> components() {
        return components;
    }

    @Override
    public String toString() {
        return "HealthReport["
                + (isUp() ? Status.UP : Status.DOWN)
                + ", "
                + state.name().toLowerCase(Locale.ROOT)
                + components.stream()
                        .map(component -> component.name() + "=" + component.status())
                        .collect(Collectors.joining(", ", ", {", "}]"));
    }
}

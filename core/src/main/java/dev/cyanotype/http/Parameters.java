/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Named values of a query or a form; a name may have several.
 *
 * <p>Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class Parameters {

    private static final Parameters EMPTY = new Parameters(Map.of());

    private final Map<String, List<String>> values;

    private Parameters(Map<String, List<String>> values) {
        this.values = values;
    }

    /**
     * No values at all.
     *
     * @return the empty value
     */
    public static Parameters empty() {
        return EMPTY;
    }

    /**
     * Values by name.
     *
     * @param values each name's values in order; copied
     * @return the parameters, in the map's order
     */
    public static Parameters of(Map<String, List<String>> values) {
        if (values.isEmpty()) {
            return EMPTY;
        }
        Map<String, List<String>> copy = new LinkedHashMap<>();
        values.forEach((name, all) -> copy.put(name, List.copyOf(all)));
        return new Parameters(Collections.unmodifiableMap(copy));
    }

    /**
     * The first value of a name.
     *
     * @param name the name; letter case counts
     * @return the value, or null if there is none
     */
    public @Nullable String first(String name) {
        List<String> all = values.get(name);
        return all == null || all.isEmpty() ? null : all.get(0);
    }

    /**
     * All values of a name.
     *
     * @param name the name; letter case counts
     * @return the values in order, empty if there are none
     */
    public List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /**
     * The names.
     *
     * @return in the order they were sent; unmodifiable
     */
    public Set<String> names() {
        return values.keySet();
    }

    /**
     * All values by name.
     *
     * @return in the order they were sent; unmodifiable
     */
    public Map<String, List<String>> toMap() {
        return values;
    }

    /** Lists the names; values may be secret. */
    @Override
    public String toString() {
        return "Parameters" + values.keySet();
    }
}

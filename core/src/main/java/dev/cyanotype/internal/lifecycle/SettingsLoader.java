/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.lifecycle;

import dev.cyanotype.spi.Settings;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Gathers settings: the builder's, overridden by the environment's, overridden by the system properties'. */
final class SettingsLoader {

    static final String VARIABLE_PREFIX = "CYANOTYPE_";

    private static final String PROPERTY_PREFIX = "cyanotype.";

    private SettingsLoader() {}

    /**
     * All settings.
     *
     * @throws IllegalArgumentException if a key is known to nobody
     */
    static Settings load(
            Map<String, String> builder, Map<String, String> environment, Properties properties, KnownSettings known) {
        Map<String, Settings.Value> values = new HashMap<>();
        new TreeMap<>(builder).forEach((key, value) -> {
            known.require(key, "given to the app's builder");
            values.put(key, new Settings.Value(value, "given to the app's builder"));
        });
        for (String variable : startingWith(VARIABLE_PREFIX, environment.keySet())) {
            String key = known.keyOf(variable);
            String value = environment.get(variable);
            if (key != null && value != null) {
                values.put(key, new Settings.Value(value, "environment variable " + variable));
            }
        }
        for (String property : startingWith(PROPERTY_PREFIX, properties.stringPropertyNames())) {
            String key = property.substring(PROPERTY_PREFIX.length());
            known.require(key, "system property " + property);
            String value = properties.getProperty(property);
            if (value != null) {
                values.put(key, new Settings.Value(value, "system property " + property));
            }
        }
        return Settings.of(values);
    }

    /** Those that may be settings, in an order that makes errors the same each time. */
    private static Set<String> startingWith(String prefix, Set<String> all) {
        Set<String> some = new TreeSet<>();
        for (String name : all) {
            if (name.startsWith(prefix)) {
                some.add(name);
            }
        }
        return some;
    }
}

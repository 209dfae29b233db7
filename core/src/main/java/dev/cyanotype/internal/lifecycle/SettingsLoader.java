/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.lifecycle;

import dev.cyanotype.internal.spec.Names;
import dev.cyanotype.spi.Settings;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Gathers settings: the builder's, overridden by the environment's, overridden by the system properties'. */
final class SettingsLoader {

    private static final String PROPERTY_PREFIX = "cyanotype.";
    private static final String VARIABLE_PREFIX = "CYANOTYPE_";

    /** Among the known keys: no key is unknown. */
    private static final String ANY = "*";

    private SettingsLoader() {}

    /**
     * All settings.
     *
     * @param known the keys that somebody reads
     * @throws IllegalArgumentException if a key is known to nobody
     */
    static Settings load(
            Map<String, String> builder,
            Map<String, String> environment,
            Map<String, String> properties,
            Set<String> known) {
        Map<String, Settings.Value> values = new HashMap<>();
        new TreeMap<>(builder).forEach((key, value) -> {
            requireKnown(key, "given to the app's builder", known);
            values.put(key, new Settings.Value(value, "given to the app's builder"));
        });
        Map<String, String> byVariable = new HashMap<>();
        new TreeSet<>(known).forEach(key -> {
            String other = byVariable.put(variable(key), key);
            if (other != null) {
                throw new IllegalArgumentException(
                        "settings '%s' and '%s' have one environment variable, %s. Rename one."
                                .formatted(other, key, variable(key)));
            }
        });
        new TreeMap<>(environment).forEach((variable, value) -> {
            if (variable.startsWith(VARIABLE_PREFIX)) {
                String key = byVariable.get(variable);
                if (key != null) {
                    values.put(key, new Settings.Value(value, "environment variable " + variable));
                } else if (!known.contains(ANY)) {
                    throw unknown(variable, "an environment variable", byVariable.keySet());
                }
            }
        });
        new TreeMap<>(properties).forEach((property, value) -> {
            if (property.startsWith(PROPERTY_PREFIX)) {
                String key = property.substring(PROPERTY_PREFIX.length());
                requireKnown(key, "system property " + property, known);
                values.put(key, new Settings.Value(value, "system property " + property));
            }
        });
        return Settings.of(values);
    }

    /** The environment variable of a key: {@code http.maxBodyBytes} is {@code CYANOTYPE_HTTP_MAX_BODY_BYTES}. */
    static String variable(String key) {
        StringBuilder name = new StringBuilder(VARIABLE_PREFIX);
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            if (c == '.' || c == '-') {
                name.append('_');
            } else {
                if (Character.isUpperCase(c)) {
                    name.append('_');
                }
                name.append(Character.toUpperCase(c));
            }
        }
        return name.toString().toUpperCase(Locale.ROOT);
    }

    private static void requireKnown(String key, String origin, Set<String> known) {
        if (!known.contains(key) && !known.contains(ANY)) {
            throw unknown(key, origin, known);
        }
    }

    private static IllegalArgumentException unknown(String key, String origin, Set<String> known) {
        String closest = Names.closest(key, known);
        return new IllegalArgumentException("setting '%s' (%s) is unknown. %s"
                .formatted(
                        key,
                        origin,
                        closest == null
                                ? "Known: " + known.stream().sorted().toList() + "."
                                : "Did you mean '" + closest + "'?"));
    }
}

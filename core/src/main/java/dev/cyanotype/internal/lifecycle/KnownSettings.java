/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.lifecycle;

import dev.cyanotype.internal.spec.Names;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The settings that somebody reads, and their environment variables. Immutable. */
final class KnownSettings {

    /** Among the keys: no key is unknown. */
    private static final String ANY = "*";

    private final Map<String, String> byVariable;
    private final boolean any;

    private KnownSettings(Map<String, String> byVariable, boolean any) {
        this.byVariable = byVariable;
        this.any = any;
    }

    /** Of some keys. */
    static KnownSettings of(Set<String> keys) {
        return new KnownSettings(Map.of(), false).and(keys);
    }

    /**
     * These and others.
     *
     * @throws IllegalArgumentException if two keys have one variable
     */
    KnownSettings and(Set<String> keys) {
        Map<String, String> all = new HashMap<>(byVariable);
        for (String key : keys) {
            if (!key.equals(ANY)) {
                String variable = variable(key);
                String other = all.putIfAbsent(variable, key);
                if (other != null && !other.equals(key)) {
                    boolean inOrder = other.compareTo(key) < 0;
                    throw new IllegalArgumentException(
                            "settings '%s' and '%s' have one environment variable, %s. Rename one."
                                    .formatted(inOrder ? other : key, inOrder ? key : other, variable));
                }
            }
        }
        return new KnownSettings(all, any || keys.contains(ANY));
    }

    /** The key of an environment variable; null if it has none, which is fine where any key is known. */
    @Nullable
    String keyOf(String variable) {
        String key = byVariable.get(variable);
        if (key == null && !any) {
            throw unknown(variable, "an environment variable", byVariable.keySet());
        }
        return key;
    }

    /** Refuses a key that nobody reads. */
    void require(String key, String origin) {
        if (!any && !byVariable.containsValue(key)) {
            throw unknown(key, origin, byVariable.values());
        }
    }

    /** The environment variable of a key: {@code http.maxBodyBytes} is {@code CYANOTYPE_HTTP_MAX_BODY_BYTES}. */
    static String variable(String key) {
        StringBuilder name = new StringBuilder(SettingsLoader.VARIABLE_PREFIX);
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

    private static IllegalArgumentException unknown(String key, String origin, Collection<String> known) {
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

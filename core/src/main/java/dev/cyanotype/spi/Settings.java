/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.spi;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Settings from outside the program: system properties, environment variables, and those given to the app's builder.
 *
 * <p>Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class Settings {

    /**
     * One setting.
     *
     * @param value its text
     * @param origin where it came from, for messages
     */
    public record Value(String value, String origin) {

        /** Says where it came from; the text may be secret. */
        @Override
        public String toString() {
            return "Value[from " + origin + "]";
        }
    }

    private final Map<String, Value> values;

    private Settings(Map<String, Value> values) {
        this.values = Map.copyOf(values);
    }

    /**
     * Settings by key.
     *
     * @param values full keys, such as {@code http.port}; copied
     * @return the settings
     */
    public static Settings of(Map<String, Value> values) {
        return new Settings(values);
    }

    /**
     * The same settings, but for one.
     *
     * @param key the full key
     * @param value what holds for it, whatever held before
     * @return others; these stay as they are
     */
    public Settings with(String key, Value value) {
        Map<String, Value> all = new HashMap<>(values);
        all.put(Objects.requireNonNull(key, "key"), Objects.requireNonNull(value, "value"));
        return new Settings(all);
    }

    /**
     * A text.
     *
     * @param key the full key
     * @return null if it is not set
     */
    public @Nullable String text(String key) {
        Value value = values.get(key);
        return value == null ? null : value.value();
    }

    /**
     * A text.
     *
     * @param key the full key
     * @param otherwise what holds if it is not set
     * @return the text
     */
    public String text(String key, String otherwise) {
        String text = text(key);
        return text == null ? otherwise : text;
    }

    /**
     * A whole number.
     *
     * @param key the full key
     * @param otherwise what holds if it is not set
     * @param least the least allowed
     * @param most the most allowed
     * @return the number
     * @throws IllegalArgumentException if it is set to anything else
     */
    public int integer(String key, int otherwise, int least, int most) {
        return (int) number(key, otherwise, least, most);
    }

    /**
     * A whole number.
     *
     * @param key the full key
     * @param otherwise what holds if it is not set
     * @param least the least allowed
     * @param most the most allowed
     * @return the number
     * @throws IllegalArgumentException if it is set to anything else
     */
    public long number(String key, long otherwise, long least, long most) {
        Long number = parsed(key, "a whole number from " + least + " to " + most, text -> {
            long parsed = Long.parseLong(text.strip());
            return parsed < least || parsed > most ? null : parsed;
        });
        return number == null ? otherwise : number;
    }

    /**
     * A truth value.
     *
     * @param key the full key
     * @param otherwise what holds if it is not set
     * @return the value
     * @throws IllegalArgumentException if it is set to anything but {@code true} and {@code false}
     */
    public boolean flag(String key, boolean otherwise) {
        Boolean flag = parsed(key, "true or false", text -> switch (text.strip()) {
            case "true" -> Boolean.TRUE;
            case "false" -> Boolean.FALSE;
            default -> null;
        });
        return flag == null ? otherwise : flag;
    }

    private <T> @Nullable T parsed(String key, String expected, Function<String, @Nullable T> parse) {
        Value value = values.get(key);
        if (value == null) {
            return null;
        }
        T parsed;
        try {
            parsed = parse.apply(value.value());
        } catch (NumberFormatException e) {
            parsed = null;
        }
        if (parsed == null) {
            throw new IllegalArgumentException(
                    "setting '%s' (%s): '%s' (expected: %s)".formatted(key, value.origin(), value.value(), expected));
        }
        return parsed;
    }

    /** Lists the keys; values may be secret. */
    @Override
    public String toString() {
        return "Settings" + new TreeMap<>(values).keySet();
    }
}

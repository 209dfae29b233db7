/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.exchange;

import dev.cyanotype.internal.text.Ascii;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Header fields in their order; names compare without letter case.
 *
 * <p>Immutable and thread-safe: each change gives a new value.
 *
 * @since 0.1
 */
public final class Headers {

    /** What fields can carry, as RFC 9110 section 5.5 has it. */
    private static final char LAST_LATIN_1 = 0xff;

    private static final Headers EMPTY = new Headers(new String[0]);

    /** Names at even, values at odd places. */
    private final String[] pairs;

    private Headers(String[] pairs) {
        this.pairs = pairs;
    }

    /**
     * No fields at all.
     *
     * @return the empty value
     */
    public static Headers empty() {
        return EMPTY;
    }

    /**
     * The first value of a field.
     *
     * @param name the field's name, in any letter case
     * @return the value, or null if there is none
     */
    public @Nullable String first(String name) {
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i].equalsIgnoreCase(name)) {
                return pairs[i + 1];
            }
        }
        return null;
    }

    /**
     * All values of a field.
     *
     * @param name the field's name, in any letter case
     * @return the values in order, empty if there are none
     */
    public List<String> all(String name) {
        List<String> values = new ArrayList<>(2);
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i].equalsIgnoreCase(name)) {
                values.add(pairs[i + 1]);
            }
        }
        return List.copyOf(values);
    }

    /**
     * Sets a field to one value, replacing earlier ones.
     *
     * @param name a token as RFC 9110 section 5.6.2 has it
     * @param value Latin-1 without line breaks or other control characters but tab
     * @return the changed value
     * @throws IllegalArgumentException if name or value can't be sent
     */
    public Headers with(String name, String value) {
        return without(name).plus(name, value);
    }

    /**
     * Adds a value to a field, keeping earlier ones.
     *
     * @param name a token as RFC 9110 section 5.6.2 has it
     * @param value Latin-1 without line breaks or other control characters but tab
     * @return the changed value
     * @throws IllegalArgumentException if name or value can't be sent
     */
    public Headers plus(String name, String value) {
        checkName(name);
        checkValue(name, value);
        String[] more = Arrays.copyOf(pairs, pairs.length + 2);
        more[pairs.length] = name;
        more[pairs.length + 1] = value;
        return new Headers(more);
    }

    /**
     * Removes a field.
     *
     * @param name the field's name, in any letter case
     * @return the changed value, or this if there was no such field
     */
    public Headers without(String name) {
        Objects.requireNonNull(name, "name");
        if (first(name) == null) {
            return this;
        }
        List<String> rest = new ArrayList<>(pairs.length);
        for (int i = 0; i < pairs.length; i += 2) {
            if (!pairs[i].equalsIgnoreCase(name)) {
                rest.add(pairs[i]);
                rest.add(pairs[i + 1]);
            }
        }
        return rest.isEmpty() ? EMPTY : new Headers(rest.toArray(String[]::new));
    }

    /**
     * Whether there are no fields.
     *
     * @return true if empty
     */
    public boolean isEmpty() {
        return pairs.length == 0;
    }

    /**
     * Visits each name and value in order.
     *
     * @param visitor called once for each value
     */
    public void forEach(BiConsumer<String, String> visitor) {
        for (int i = 0; i < pairs.length; i += 2) {
            visitor.accept(pairs[i], pairs[i + 1]);
        }
    }

    private static void checkName(String name) {
        if (Objects.requireNonNull(name, "name").isEmpty()) {
            throw new IllegalArgumentException("header name is empty (expected: a token such as 'Retry-After')");
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!Ascii.isLetterOrDigit(c) && "!#$%&'*+-.^_`|~".indexOf(c) < 0) {
                throw new IllegalArgumentException(
                        "header name has the character U+%04X at %d (expected: a token such as 'Retry-After')"
                                .formatted((int) c, i));
            }
        }
    }

    private static void checkValue(String name, String value) {
        Objects.requireNonNull(value, "value");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((Ascii.isControl(c) && c != '\t') || c > LAST_LATIN_1) {
                throw new IllegalArgumentException(
                        "header '%s': its value has the character U+%04X at %d (expected: one line of Latin-1 text)"
                                .formatted(name, (int) c, i));
            }
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Headers that && Arrays.equals(pairs, that.pairs);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(pairs);
    }

    /** Lists the names; values may be secret. */
    @Override
    public String toString() {
        List<String> names = new ArrayList<>();
        forEach((name, value) -> names.add(name));
        return "Headers" + names;
    }
}

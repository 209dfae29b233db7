/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.exchange;

import java.util.Objects;

/**
 * A typed key for a value that hooks and handlers share during one exchange.
 *
 * <p>Two keys are equal only if they are the same object, so keep one in a constant:
 * {@code static final Attribute<User> USER = Attribute.named("user", User.class);}. Immutable and thread-safe.
 *
 * @param <T> the type of the value
 * @since 0.1
 */
public final class Attribute<T> {

    private final String name;
    private final Class<T> type;

    private Attribute(String name, Class<T> type) {
        this.name = name;
        this.type = type;
    }

    /**
     * Makes a new key.
     *
     * @param <T> the type of the value
     * @param name what messages call it, not an identity
     * @param type the class of the value
     * @return a key equal to no other
     * @throws IllegalArgumentException if the class is that of a primitive type
     */
    public static <T> Attribute<T> named(String name, Class<T> type) {
        Objects.requireNonNull(name, "name");
        if (type.isPrimitive()) {
            throw new IllegalArgumentException(
                    "attribute '" + name + "': type " + type + " (expected: a class, such as Integer.class)");
        }
        return new Attribute<>(name, type);
    }

    /**
     * The name given at creation.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * The class of the values.
     *
     * @return the class given at creation
     */
    public Class<T> type() {
        return type;
    }

    @Override
    public String toString() {
        return "Attribute[" + name + ": " + type.getSimpleName() + "]";
    }
}

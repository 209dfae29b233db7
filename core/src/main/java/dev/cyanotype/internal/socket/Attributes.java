/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.socket;

import dev.cyanotype.exchange.Attribute;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is left for everything that runs for one client. Thread-safe. */
final class Attributes {

    /** Null while there is none. */
    private @Nullable Map<Attribute<?>, Object> values;

    Attributes(Map<Attribute<?>, Object> values) {
        this.values = values.isEmpty() ? null : new HashMap<>(values);
    }

    synchronized <T> @Nullable T get(Attribute<T> key) {
        Object value = values == null ? null : values.get(key);
        return value == null ? null : key.type().cast(value);
    }

    synchronized <T> void set(Attribute<T> key, @Nullable T value) {
        if (values == null) {
            values = new HashMap<>(4);
        }
        if (value == null) {
            values.remove(key);
        } else {
            values.put(key, value);
        }
    }
}

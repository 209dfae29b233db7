/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.plugin;

import org.jspecify.annotations.Nullable;

/** The rule for ids of providers. */
public final class Ids {

    private Ids() {}

    /**
     * What is wrong with what a provider gave as its id, or null.
     *
     * @param example an id that is right
     */
    public static @Nullable String problem(@Nullable String id, String example) {
        if (id != null && isId(id)) {
            return null;
        }
        return "id() is %s (expected: lower-case letters, digits and hyphens, e.g. '%s')"
                .formatted(id == null ? "null" : "'" + id.replaceAll("\\p{Cntrl}", "?") + "'", example);
    }

    private static boolean isId(String id) {
        return !id.isEmpty() && id.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-');
    }
}

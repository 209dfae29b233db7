/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.spec;

import dev.cyanotype.internal.text.Ascii;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The rule for names, and the closest one to a wrong one. */
public final class Names {

    private Names() {}

    /**
     * Checks a name of a blueprint, a route, a mount or an app.
     *
     * @param where what the message starts with
     */
    public static String check(String where, String name) {
        Objects.requireNonNull(name, "name");
        boolean good = !name.isEmpty() && (Ascii.isLetter(name.charAt(0)) || name.charAt(0) == '_');
        for (int i = 1; good && i < name.length(); i++) {
            char c = name.charAt(i);
            good = Ascii.isLetterOrDigit(c) || c == '_' || c == '-';
        }
        if (!good) {
            throw new IllegalArgumentException(where + ": name '" + name
                    + "' (expected: a letter or '_', then letters, digits, '_' and '-', e.g. 'users')");
        }
        return name;
    }

    /** The known name with the least edits to the wrong one, if it is close enough to be meant. */
    public static @Nullable String closest(String wrong, Collection<String> known) {
        String lower = wrong.toLowerCase(Locale.ROOT);
        return known.stream()
                .filter(name -> distance(lower, name.toLowerCase(Locale.ROOT)) <= Math.max(2, name.length() / 3))
                .min(Comparator.comparingInt((String name) -> distance(lower, name.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()))
                .orElse(null);
    }

    /** The number of single-character edits (Levenshtein). */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int same = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(same, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}

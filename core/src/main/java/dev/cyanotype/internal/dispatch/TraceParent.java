/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.dispatch;

import dev.cyanotype.internal.text.Ascii;
import org.jspecify.annotations.Nullable;

/** The field {@code traceparent} of W3C Trace Context, level 1. */
final class TraceParent {

    /** Version, trace, parent and flags. */
    private static final int SHORTEST = 55;

    private static final int LONGEST = 255;

    private TraceParent() {}

    /** The field as a client sent it, or null if it sent none, or what is none and so may hold anything. */
    static @Nullable String from(@Nullable String field) {
        if (field == null || field.length() < SHORTEST || field.length() > LONGEST) {
            return null;
        }
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            boolean dash = i == 2 || i == 35 || i == 52;
            // Later versions may go on after a dash.
            boolean fits = i < SHORTEST ? (dash ? c == '-' : isHex(c)) : c == '-' || Ascii.isLetterOrDigit(c);
            if (!fits) {
                return null;
            }
        }
        return field;
    }

    private static boolean isHex(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    }
}

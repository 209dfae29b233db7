/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.bus;

/** Makes what others sent fit for a line of the log. */
final class Printable {

    private static final int LONGEST = 200;

    private Printable() {}

    /** The text without control characters, and not too long. */
    static String of(String text) {
        StringBuilder printable = new StringBuilder();
        for (int i = 0; i < text.length() && i < LONGEST; i++) {
            char c = text.charAt(i);
            printable.append(Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c);
        }
        return text.length() > LONGEST ? printable.append('…').toString() : printable.toString();
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.message;

import java.time.Duration;

/** Checks what options are given. */
final class Limits {

    private Limits() {}

    static int check(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(what + " " + value + " (expected: " + least + " to " + most + ")");
        }
        return value;
    }

    static Duration check(String what, Duration value, Duration least) {
        if (value.compareTo(least) < 0) {
            throw new IllegalArgumentException(what + " " + value + " (expected: " + least + " or more)");
        }
        return value;
    }
}

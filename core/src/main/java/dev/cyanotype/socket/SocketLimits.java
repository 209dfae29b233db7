/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.socket;

import java.time.Duration;
import java.util.Objects;

/** Checks what options are given. */
final class SocketLimits {

    private SocketLimits() {}

    static long messageBytes(long bytes) {
        return within("maxMessageBytes", bytes, 1, 128 << 20);
    }

    static long pendingBytes(long bytes) {
        return within("maxPendingBytes", bytes, 1024, Long.MAX_VALUE);
    }

    static long within(String option, long value, long least, long most) {
        if (value < least || value > most) {
            String expected = most == Long.MAX_VALUE ? least + " or more" : least + " to " + most;
            throw new IllegalArgumentException("sockets: " + option + ": " + value + " (expected: " + expected + ")");
        }
        return value;
    }

    static Duration atLeast(String option, String parameter, Duration value, Duration least) {
        if (Objects.requireNonNull(value, parameter).compareTo(least) < 0) {
            throw new IllegalArgumentException(
                    "sockets: " + option + ": " + value + " (expected: " + least + " or more)");
        }
        return value;
    }
}

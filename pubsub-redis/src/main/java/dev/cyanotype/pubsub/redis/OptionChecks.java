/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import java.time.Duration;
import java.util.Objects;

/** Checks single options, where they are given. */
final class OptionChecks {

    private OptionChecks() {}

    static int within(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("%s: %d (expected: %d to %d)".formatted(name, value, least, most));
        }
        return value;
    }

    static Duration within(String name, Duration value, Duration least, Duration most) {
        if (Objects.requireNonNull(value, name).compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    "%s: %s (expected: %s to %s)".formatted(name, text(value), text(least), text(most)));
        }
        return value;
    }

    static String printable(String name, String value) {
        if (Objects.requireNonNull(value, name).isEmpty() || value.chars().anyMatch(c -> Character.isISOControl(c))) {
            throw new IllegalArgumentException(
                    name + ": is empty or has a control character (expected: printable characters)");
        }
        return value;
    }

    static String secret(String name, String value) {
        if (Objects.requireNonNull(value, name).isEmpty()) {
            throw new IllegalArgumentException(name + ": is empty. Leave it unset for none.");
        }
        return value;
    }

    static String text(Duration duration) {
        return duration.toNanos() % 1_000_000_000 == 0
                ? duration.toSeconds() + " s"
                : duration.toNanos() % 1_000_000 == 0 ? duration.toMillis() + " ms" : duration.toString();
    }
}

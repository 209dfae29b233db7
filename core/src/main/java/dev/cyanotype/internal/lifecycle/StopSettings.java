/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.lifecycle;

import java.time.Duration;
import java.util.Objects;

/**
 * How an app stops.
 *
 * @param budget how long what is under way has to end
 * @param delay how long everything goes on before that, while the app says that it is not ready
 */
public record StopSettings(Duration budget, Duration delay) {

    static final Duration LONGEST = Duration.ofDays(1);

    /** As containers are used to it: those who run them kill after thirty seconds. */
    static final StopSettings DEFAULT = new StopSettings(Duration.ofSeconds(10), Duration.ZERO);

    /**
     * Checked.
     *
     * @throws IllegalArgumentException if a time is negative, or longer than a day
     */
    public StopSettings {
        check("budget", budget);
        check("delay", delay);
    }

    private static void check(String what, Duration time) {
        if (Objects.requireNonNull(time, what).isNegative() || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("stop: " + what + " " + time + " (expected: zero to one day)");
        }
    }
}

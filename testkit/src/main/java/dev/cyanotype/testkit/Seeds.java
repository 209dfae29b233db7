/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Which course a simulation takes, and what is said of one that went wrong. */
final class Seeds {

    private static final String PROPERTY = "cyanotype.test.seed";
    private static final String VARIABLE = "CYANOTYPE_TEST_SEED";

    /** One that a person can type. */
    private static final long MOST = 1_000_000;

    private static final int SHOWN = 60;

    private Seeds() {}

    /** The one that is asked for from outside. */
    static Optional<Long> wanted() {
        String property = System.getProperty(PROPERTY);
        String text = property == null ? System.getenv(VARIABLE) : property;
        if (text == null || text.isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Long.parseLong(text.strip()));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "%s '%s' (expected: a whole number)"
                            .formatted(
                                    property == null
                                            ? "environment variable " + VARIABLE
                                            : "system property " + PROPERTY,
                                    text),
                    e);
        }
    }

    static long any() {
        return ThreadLocalRandom.current().nextLong(1, MOST);
    }

    /** What a test sees that went wrong. */
    static AssertionError failure(long seed, Throwable cause, List<String> timeline) {
        int hidden = Math.max(0, timeline.size() - SHOWN);
        String message = "%s%nseed %d. Run it again with -D%s=%d%n%s%s"
                .formatted(
                        cause instanceof AssertionError && cause.getMessage() != null ? cause.getMessage() : cause,
                        seed,
                        PROPERTY,
                        seed,
                        hidden == 0 ? "" : "(" + hidden + " earlier events)" + System.lineSeparator(),
                        String.join(System.lineSeparator(), timeline.subList(hidden, timeline.size())));
        return new AssertionError(message, cause);
    }

    static void checkProbability(String what, double probability) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException(
                    "simulation: " + what + " " + probability + " (expected: a probability from 0 to 1)");
        }
    }

    static void checkDelay(Duration least, Duration most) {
        if (least.isNegative() || most.compareTo(least) < 0) {
            throw new IllegalArgumentException("simulation: delay of " + least + " to " + most
                    + " (expected: zero or more, and not less than that)");
        }
    }
}

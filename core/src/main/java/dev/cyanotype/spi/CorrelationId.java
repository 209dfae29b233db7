/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.spi;

import dev.cyanotype.internal.text.Ascii;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Chooses what the log lines and the error answers of one exchange share.
 *
 * @since 0.1
 */
public final class CorrelationId {

    private static final int LONGEST = 128;

    private CorrelationId() {}

    /**
     * The identifier that came with a request, or a new one.
     *
     * @param given what the client sent, or null
     * @return the given one if it is harmless in a log line: up to 128 letters, digits and {@code -_.:/+=}; else 16 random
     *     hex digits
     */
    public static String from(@Nullable String given) {
        return given != null && isHarmless(given)
                ? given
                : HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }

    private static boolean isHarmless(String id) {
        if (id.isEmpty() || id.length() > LONGEST) {
            return false;
        }
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if (!Ascii.isLetterOrDigit(c) && "-_.:/+=".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }
}

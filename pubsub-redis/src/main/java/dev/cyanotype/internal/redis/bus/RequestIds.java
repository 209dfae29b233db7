/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.bus;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Makes identifiers of 128 random bits, which nobody can guess. Thread-safe. */
final class RequestIds {

    private static final int BYTES = 16;
    private static final HexFormat HEX = HexFormat.of();

    private final SecureRandom random = new SecureRandom();

    /** Asking for many at once is what makes them cheap. */
    private final byte[] supply = new byte[BYTES * 256];

    private int used = supply.length;

    synchronized String next() {
        if (used == supply.length) {
            random.nextBytes(supply);
            used = 0;
        }
        used += BYTES;
        return HEX.formatHex(supply, used - BYTES, used);
    }
}

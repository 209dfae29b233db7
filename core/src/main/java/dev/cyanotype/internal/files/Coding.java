/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.files;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Codings in which a file may lie beside the original, the smallest result first. */
enum Coding {
    BR("br", ".br"),
    ZSTD("zstd", ".zst"),
    GZIP("gzip", ".gz");

    private final String token;
    private final String suffix;

    Coding(String token, String suffix) {
        this.token = token;
        this.suffix = suffix;
    }

    /** As {@code Content-Encoding} has it. */
    String token() {
        return token;
    }

    /** At the end of the coded file's name. */
    String suffix() {
        return suffix;
    }

    /** Those that a client likes at least as much as the original, the best first. */
    static List<Coding> acceptedBy(List<String> acceptEncoding) {
        WeightedList accepted = WeightedList.parse(acceptEncoding);
        // The original is acceptable unless refused, but whoever names a coding wants it.
        int original = accepted.has("identity") ? accepted.of("identity") : 0;
        List<Coding> codings = new ArrayList<>();
        for (Coding coding : values()) {
            if (coding.weight(accepted) > 0 && coding.weight(accepted) >= original) {
                codings.add(coding);
            }
        }
        codings.sort(Comparator.comparingInt((Coding coding) -> coding.weight(accepted))
                .reversed());
        return codings;
    }

    private int weight(WeightedList accepted) {
        return this == GZIP ? accepted.of(token, "x-gzip", "*") : accepted.of(token, "*");
    }
}

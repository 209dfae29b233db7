/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.files;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a client accepts, with the weights of RFC 9110 section 12.4.2.
 *
 * @param weights by name in lower case, from 0 to 1000
 */
record WeightedList(Map<String, Integer> weights) {

    private static final int FULL = 1000;

    static WeightedList parse(List<String> values) {
        Map<String, Integer> weights = new LinkedHashMap<>();
        for (String value : values) {
            for (String element : value.split(",")) {
                String[] parts = element.split(";");
                String name = parts.length == 0 ? "" : parts[0].strip().toLowerCase(Locale.ROOT);
                if (!name.isEmpty()) {
                    weights.merge(name, weight(parts), Math::max);
                }
            }
        }
        return new WeightedList(weights);
    }

    /** The weight of the first of the names that is listed, else 0. */
    int of(String... names) {
        for (String name : names) {
            Integer weight = weights.get(name);
            if (weight != null) {
                return weight;
            }
        }
        return 0;
    }

    boolean has(String name) {
        return weights.containsKey(name);
    }

    private static int weight(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip();
            if (parameter.regionMatches(true, 0, "q=", 0, 2)) {
                return thousandths(parameter.substring(2).strip());
            }
        }
        return FULL;
    }

    /** What is no weight counts as none. */
    private static int thousandths(String text) {
        boolean good = !text.isEmpty() && text.length() <= 5 && (text.length() == 1 || text.charAt(1) == '.');
        int weight = 0;
        int unit = FULL;
        for (int i = 0; good && i < text.length(); i++) {
            char c = text.charAt(i);
            if (i != 1) {
                good = c >= '0' && c <= '9';
                weight += (c - '0') * unit;
                unit /= 10;
            }
        }
        return good && weight <= FULL ? weight : 0;
    }
}

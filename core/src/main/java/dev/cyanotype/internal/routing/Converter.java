/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.routing;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cyanotype.internal.text.Ascii;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Decides whether a segment fits a converted parameter.
 *
 * @param key equal for converters that accept the same segments, and what their order among siblings follows
 * @param rank lower is more specific
 * @param accepts the test, given a whole decoded segment
 */
public record Converter(String key, int rank, Predicate<String> accepts) {

    private static final int CUSTOM_RANK = 50;
    private static final int REGEX_RANK = 60;

    private static final Map<String, Converter> BUILT_IN = Map.of(
            "int", new Converter("int", 10, s -> isNumber(s, Integer.MIN_VALUE, Integer.MAX_VALUE)),
            "long", new Converter("long", 11, s -> isNumber(s, Long.MIN_VALUE, Long.MAX_VALUE)),
            "uuid", new Converter("uuid", 12, Converter::isUuid),
            "alpha", new Converter("alpha", 13, s -> all(s, Ascii::isLetter)),
            "slug", new Converter("slug", 14, Converter::isSlug));

    /** The names that need no registration. */
    public static List<String> builtInNames() {
        return BUILT_IN.keySet().stream().sorted().toList();
    }

    /**
     * The converter of a name in a pattern.
     *
     * @param spec {@code int} and its kin, {@code regex(…)}, or a registered name
     * @param custom the registered ones
     * @throws IllegalArgumentException that says what is wrong with the name, without the place
     */
    public static Converter resolve(String spec, Map<String, Predicate<String>> custom) {
        if (spec.startsWith("regex(") && spec.endsWith(")")) {
            return regex(spec.substring("regex(".length(), spec.length() - 1));
        }
        Converter builtIn = BUILT_IN.get(spec);
        if (builtIn != null) {
            return builtIn;
        }
        Predicate<String> accepts = custom.get(spec);
        if (accepts != null) {
            return new Converter(spec, CUSTOM_RANK, accepts);
        }
        throw new IllegalArgumentException("converter '" + spec + "' is unknown (expected: one of " + builtInNames()
                + (custom.isEmpty()
                        ? ""
                        : ", " + custom.keySet().stream().sorted().toList())
                + ", or regex(…)). Register your own with converter(name, test).");
    }

    private static Converter regex(String text) {
        try {
            // RE2 matches in time linear to the input, whatever the pattern: a hostile path can't make it backtrack.
            Pattern pattern = Pattern.compile(text);
            return new Converter("regex(" + text + ")", REGEX_RANK, s -> pattern.matches(s));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "regex '" + text + "': " + e.getDescription() + " (expected: RE2 syntax, without back-references)",
                    e);
        }
    }

    private static boolean isNumber(String s, long min, long max) {
        int digits = s.startsWith("-") ? s.length() - 1 : s.length();
        if (digits < 1 || digits > 19) {
            return false;
        }
        for (int i = s.length() - digits; i < s.length(); i++) {
            if (!Ascii.isDigit(s.charAt(i))) {
                return false;
            }
        }
        if (digits < 10) {
            return true;
        }
        try {
            long value = Long.parseLong(s);
            return value >= min && value <= max;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static boolean isUuid(String s) {
        if (s.length() != 36) {
            return false;
        }
        for (int i = 0; i < 36; i++) {
            char c = s.charAt(i);
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            if (dash ? c != '-' : (Character.digit(c, 16) < 0 || c > 'f')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSlug(String s) {
        return all(s, c -> (c >= 'a' && c <= 'z') || Ascii.isDigit(c) || c == '-')
                && s.charAt(0) != '-'
                && s.charAt(s.length() - 1) != '-'
                && !s.contains("--");
    }

    private static boolean all(String s, java.util.function.IntPredicate test) {
        for (int i = 0; i < s.length(); i++) {
            if (!test.test(s.charAt(i))) {
                return false;
            }
        }
        return !s.isEmpty();
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.text;

import org.jspecify.annotations.Nullable;

/** The rule for names of templates: nothing that could lead out of a folder. */
public final class TemplateNames {

    private TemplateNames() {}

    /**
     * Checks a name.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static String check(String name) {
        String problem = problem(name);
        if (problem != null) {
            throw new IllegalArgumentException(problem);
        }
        return name;
    }

    /** What is wrong with a name, or null. */
    public static @Nullable String problem(String name) {
        return isName(name)
                ? null
                : "template '" + printable(name)
                        + "' (expected: names joined by '/', such as 'users/list.html', without '..', ':' and '\\')";
    }

    /** Without what could forge a line of a log. */
    private static String printable(String name) {
        StringBuilder printable = new StringBuilder(name);
        for (int i = 0; i < name.length(); i++) {
            if (Character.isISOControl(name.charAt(i))) {
                printable.setCharAt(i, '?');
            }
        }
        return printable.toString();
    }

    private static boolean isName(String name) {
        int start = 0;
        for (int i = 0; i <= name.length(); i++) {
            char c = i == name.length() ? '/' : name.charAt(i);
            if (c == '/') {
                String segment = name.substring(start, i);
                if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
                    return false;
                }
                start = i + 1;
            } else if (c == '\\' || c == ':' || Character.isISOControl(c)) {
                return false;
            }
        }
        return true;
    }
}

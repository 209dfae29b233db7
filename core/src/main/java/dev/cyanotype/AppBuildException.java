/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype;

import java.util.List;

/**
 * An app whose parts do not fit together.
 *
 * @since 0.1
 */
public class AppBuildException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    AppBuildException(String app, List<String> problems) {
        super(message(app, problems));
        this.problems = List.copyOf(problems);
    }

    /**
     * All that is wrong, each with the lines that declare it.
     *
     * @return one or more
     */
    public List<String> problems() {
        return problems;
    }

    private static String message(String app, List<String> problems) {
        if (problems.size() == 1) {
            String where = "app '" + app + "': ";
            return problems.get(0).startsWith(where) ? problems.get(0) : where + problems.get(0);
        }
        StringBuilder text = new StringBuilder("app '" + app + "' has " + problems.size() + " problems:");
        for (int i = 0; i < problems.size(); i++) {
            text.append(System.lineSeparator())
                    .append("  ")
                    .append(i + 1)
                    .append(". ")
                    .append(problems.get(i));
        }
        return text.toString();
    }
}

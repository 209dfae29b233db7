/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit.junit;

import java.util.List;
import java.util.stream.Collectors;

/** Carries a record of what has happened into the report of a test that has failed. */
final class WhatHappened extends Exception {

    private static final long serialVersionUID = 1L;

    /** How many events are shown; the last ones say most. */
    private static final int SHOWN = 50;

    WhatHappened(String title, List<?> events) {
        super(title + text(events), null, false, false);
    }

    private static String text(List<?> events) {
        int hidden = Math.max(0, events.size() - SHOWN);
        String earlier = hidden == 0 ? "" : System.lineSeparator() + "    (" + hidden + " earlier events)";
        return events.stream()
                .skip(hidden)
                .map(event -> System.lineSeparator() + "    " + event)
                .collect(Collectors.joining("", earlier, ""));
    }

    /** Without the name of the class, which says nothing. */
    @Override
    @SuppressWarnings("OverrideThrowableToString")
    public String toString() {
        return String.valueOf(getMessage());
    }
}

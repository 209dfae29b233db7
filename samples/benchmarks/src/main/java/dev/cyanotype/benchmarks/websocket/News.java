/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.benchmarks.websocket;

/** A message to all: about 200 bytes of JSON. */
record News(String number, String subject, String text, int importance, boolean urgent) {

    static final String SUBJECT = "the weather of tomorrow";
    static final String LONG_TEXT =
            "It will be a fine day, with some clouds in the afternoon and a light wind from the west at 10 km/h.";

    static News of(int number) {
        return new News(String.format("%08d", number), SUBJECT, LONG_TEXT, 3, false);
    }

    /** How it is encoded, with a placeholder for the number. */
    static String pattern() {
        return "{\"number\":\"" + Text.NUMBER + "\",\"subject\":\"" + SUBJECT + "\",\"text\":\"" + LONG_TEXT
                + "\",\"importance\":3,\"urgent\":false}";
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

import org.assertj.core.api.Assertions;
import tools.jackson.databind.JsonNode;

/** Comparisons of JSON that show both sides. */
final class JsonAsserts {

    private JsonAsserts() {}

    /** Compares a document with JSON as a string, or with any object that encodes to it. */
    static void isEqual(String what, JsonNode found, Object expected) {
        compare(what, found, TestJson.tree(expected));
    }

    /** Compares a value; here a string is itself, not JSON. */
    static void hasValue(String what, JsonNode found, Object expected) {
        if (expected instanceof String text) {
            Assertions.assertThat(found.isString() ? found.stringValue() : "no string: " + found)
                    .as(what)
                    .isEqualTo(text);
        } else {
            compare(what, found, TestJson.tree(expected));
        }
    }

    private static void compare(String what, JsonNode found, JsonNode expected) {
        JsonNode left = asRead(found);
        JsonNode right = asRead(expected);
        if (!left.equals(right)) {
            Assertions.assertThat(TestJson.pretty(left)).as(what).isEqualTo(TestJson.pretty(right));
        }
    }

    /** As a client would read it: a number is the same however the program held it. */
    static JsonNode asRead(JsonNode tree) {
        return TestJson.parse(tree.toString());
    }
}

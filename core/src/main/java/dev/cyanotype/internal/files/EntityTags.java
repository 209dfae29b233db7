/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.files;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A field value that lists entity tags, as RFC 9110 section 8.8.3 has them.
 *
 * @param any whether it is a star
 * @param tags as they stand, with quotes and the mark of a weak one
 */
record EntityTags(boolean any, List<String> tags) {

    private static final String WEAK = "W/";

    /** Reads as many tags as there are; what follows a malformed one is not read. */
    static EntityTags parse(String text) {
        if (text.strip().equals("*")) {
            return new EntityTags(true, List.of());
        }
        List<String> tags = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == ' ' || c == '\t' || c == ',') {
                at++;
                continue;
            }
            int quote = text.startsWith(WEAK, at) ? at + WEAK.length() : at;
            int end = quote < text.length() && text.charAt(quote) == '"' ? text.indexOf('"', quote + 1) : -1;
            if (end < 0) {
                break;
            }
            tags.add(text.substring(at, end + 1));
            at = end + 1;
        }
        return new EntityTags(false, tags);
    }

    /** Whether one of them is the same, and neither is weak. */
    boolean hasStrong(@Nullable String tag) {
        return tag != null && !tag.startsWith(WEAK) && tags.contains(tag);
    }

    /** Whether one of them is the same, weak or not. */
    boolean hasWeak(@Nullable String tag) {
        if (tag == null) {
            return false;
        }
        String opaque = opaque(tag);
        return tags.stream().anyMatch(candidate -> opaque(candidate).equals(opaque));
    }

    private static String opaque(String tag) {
        return tag.startsWith(WEAK) ? tag.substring(WEAK.length()) : tag;
    }
}

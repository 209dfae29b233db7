/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.files;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a file.
 *
 * @param first the first byte, from 0
 * @param last the last byte, included
 */
record ByteRange(long first, long last) {

    /** Whoever wants more parts gets the whole. */
    static final int MAX_RANGES = 16;

    /** Parts that lie closer than the head of a part is long are sent as one. */
    private static final int GAP = 80;

    private static final String UNIT = "bytes=";

    /** No file is as long. */
    private static final long BEYOND = Long.MAX_VALUE / 4;

    long length() {
        return last - first + 1;
    }

    /** As a {@code Content-Range} has it. */
    String of(long total) {
        return "bytes " + first + "-" + last + "/" + total;
    }

    /**
     * Reads a {@code Range} of RFC 9110 section 14.2.
     *
     * @param total the length of the file
     * @return the parts in the order of the request, joined where they overlap or nearly touch; empty if the file has none
     *     of them; null if the field has to be ignored, or asks for so much that the whole file is the better answer
     */
    static @Nullable List<ByteRange> parse(String text, long total) {
        String value = text.strip();
        // An empty file has no first byte to name in an answer.
        if (total == 0 || !value.regionMatches(true, 0, UNIT, 0, UNIT.length())) {
            return null;
        }
        List<ByteRange> ranges = new ArrayList<>();
        int wanted = 0;
        long sum = 0;
        for (String element : value.substring(UNIT.length()).split(",", -1)) {
            String spec = element.strip();
            if (spec.isEmpty()) {
                continue;
            }
            int dash = spec.indexOf('-');
            if (dash < 0 || ++wanted > MAX_RANGES) {
                return null;
            }
            long from = number(spec, 0, dash);
            long to = number(spec, dash + 1, spec.length());
            boolean suffix = dash == 0;
            boolean open = dash == spec.length() - 1;
            if (suffix && open || !suffix && from < 0 || !open && to < 0 || !suffix && !open && to < from) {
                return null;
            }
            ByteRange range = suffix
                    ? new ByteRange(Math.max(0, total - to), total - 1)
                    : new ByteRange(from, open ? total - 1 : Math.min(to, total - 1));
            if (range.first < total && (!suffix || to > 0)) {
                sum += range.length();
                add(ranges, range);
            }
        }
        if (wanted == 0) {
            return null;
        }
        // One part may be all of the file; several that add up to more are no saving.
        return wanted > 1 && sum > total ? null : ranges;
    }

    /** Joined parts stand where the first of them was wanted. */
    private static void add(List<ByteRange> ranges, ByteRange added) {
        ByteRange joined = added;
        int place = ranges.size();
        for (int i = 0; i < ranges.size(); i++) {
            ByteRange known = ranges.get(i);
            if (joined.first <= known.last + GAP && known.first <= joined.last + GAP) {
                joined = new ByteRange(Math.min(known.first, joined.first), Math.max(known.last, joined.last));
                ranges.remove(i);
                place = Math.min(place, i);
                // Joined, it may reach others that it did not reach before.
                i = -1;
            }
        }
        ranges.add(place, joined);
    }

    /** The number, capped; -1 if it is none. */
    private static long number(String text, int from, int to) {
        if (from == to) {
            return -1;
        }
        long number = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            number = number > BEYOND / 10 ? BEYOND : number * 10 + c - '0';
        }
        return number;
    }
}

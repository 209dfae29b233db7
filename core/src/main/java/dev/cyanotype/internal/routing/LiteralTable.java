/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.routing;

import org.jspecify.annotations.Nullable;

/**
 * A hash table that can look up a part of a text without cutting it out.
 *
 * @param <V> what the literals lead to
 */
final class LiteralTable<V> {

    /** Up to this many stand in a row from the start, and are compared one by one; that is quicker than hashing. */
    private static final int FEW = 3;

    /** Open addressing, at most half full once there are more than a few. */
    private @Nullable Entry<V>[] entries = table(FEW + 1);

    private int size;
    private int longest = -1;

    private record Entry<V>(String literal, int hash, V value) {

        boolean isAt(String text, int from, int to) {
            return literal.length() == to - from && text.startsWith(literal, from);
        }
    }

    /** What a whole text leads to, or null. */
    @Nullable
    V get(String text) {
        if (text.length() > longest) {
            return null;
        }
        // A string remembers its hash code, and the JVM computes it and compares quicker than the other method can.
        int hash = text.hashCode();
        int i = home(hash);
        Entry<V> entry = entries[i];
        while (entry != null && !(entry.hash == hash && entry.literal.equals(text))) {
            i = after(i);
            entry = entries[i];
        }
        return entry == null ? null : entry.value;
    }

    /** What a part of a text leads to, or null. */
    @Nullable
    V get(String text, int from, int to) {
        if (size <= FEW) {
            for (int i = 0; i < size; i++) {
                Entry<V> entry = entries[i];
                if (entry != null && entry.isAt(text, from, to)) {
                    return entry.value;
                }
            }
            return null;
        }
        int hash = hash(text, from, to);
        int i = home(hash);
        Entry<V> entry = entries[i];
        while (entry != null && !(entry.hash == hash && entry.isAt(text, from, to))) {
            i = after(i);
            entry = entries[i];
        }
        return entry == null ? null : entry.value;
    }

    /** Adds a literal that is not there yet. */
    void add(String literal, V value) {
        size++;
        longest = Math.max(longest, literal.length());
        if (size > FEW && size * 2 > entries.length) {
            @Nullable Entry<V>[] old = entries;
            entries = table(old.length * 2);
            for (Entry<V> entry : old) {
                if (entry != null) {
                    place(entry);
                }
            }
        }
        place(new Entry<>(literal, literal.hashCode(), value));
    }

    private void place(Entry<V> entry) {
        int i = home(entry.hash);
        while (entries[i] != null) {
            i = after(i);
        }
        entries[i] = entry;
    }

    private int home(int hash) {
        // The high bits of the product: literals that count up (res1, res2) have adjacent hashes, and would pile up.
        return size <= FEW ? 0 : hash * 0x9E3779B9 >>> Integer.numberOfLeadingZeros(entries.length - 1);
    }

    private int after(int i) {
        return i + 1 & entries.length - 1;
    }

    /** As {@link String#hashCode()} has it. */
    private static int hash(String text, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + text.charAt(i);
        }
        return hash;
    }

    @SuppressWarnings("unchecked")
    private static <V> @Nullable Entry<V>[] table(int size) {
        return (Entry<V>[]) new Entry<?>[size];
    }
}

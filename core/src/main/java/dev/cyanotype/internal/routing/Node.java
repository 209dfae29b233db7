/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.routing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One place in the trie: what the segments up to here lead to.
 *
 * @param <T> what the routes lead to
 */
final class Node<T> {

    /** Up to this many literal children are compared one by one; that is quicker than hashing. */
    private static final int FEW = 3;

    private @Nullable String[] keys = new String[4];
    private int[] hashes = new int[4];

    @SuppressWarnings("unchecked")
    private @Nullable Node<T>[] nodes = (Node<T>[]) new Node<?>[4];

    private int literals;

    /** Most specific first. */
    List<Converted<T>> converted = List.of();

    @Nullable
    Node<T> plain;

    @Nullable
    Leaf<T> rest;

    @Nullable
    Leaf<T> leaf;

    record Converted<T>(Converter converter, Node<T> node) {}

    /** The child for a literal segment of {@code text}, or null. */
    @Nullable
    Node<T> literal(String text, int from, int to) {
        if (literals <= FEW) {
            for (int i = 0; i < literals; i++) {
                if (isAt(text, from, to, keys[i])) {
                    return nodes[i];
                }
            }
            return null;
        }
        int hash = hash(text, from, to);
        int mask = keys.length - 1;
        for (int i = spread(hash) & mask; keys[i] != null; i = (i + 1) & mask) {
            if (hashes[i] == hash && isAt(text, from, to, keys[i])) {
                return nodes[i];
            }
        }
        return null;
    }

    Node<T> addLiteral(String text) {
        Node<T> known = literal(text, 0, text.length());
        if (known != null) {
            return known;
        }
        Node<T> node = new Node<>();
        if (literals < FEW) {
            put(literals, text, node);
        } else if (literals == FEW) {
            rehash(8);
            insert(text, node);
        } else {
            if (literals * 2 >= keys.length) {
                rehash(keys.length * 2);
            }
            insert(text, node);
        }
        literals++;
        return node;
    }

    Node<T> addConverted(Converter converter) {
        for (Converted<T> known : converted) {
            if (known.converter().key().equals(converter.key())) {
                return known.node();
            }
        }
        Converted<T> added = new Converted<>(converter, new Node<>());
        List<Converted<T>> all = new ArrayList<>(converted);
        all.add(added);
        all.sort(Comparator.comparingInt((Converted<T> c) -> c.converter().rank())
                .thenComparing(c -> c.converter().key()));
        converted = List.copyOf(all);
        return added.node();
    }

    Node<T> addPlain() {
        if (plain == null) {
            plain = new Node<>();
        }
        return plain;
    }

    Leaf<T> addLeaf() {
        if (leaf == null) {
            leaf = new Leaf<>();
        }
        return leaf;
    }

    Leaf<T> addRest() {
        if (rest == null) {
            rest = new Leaf<>();
        }
        return rest;
    }

    private void put(int at, String key, Node<T> node) {
        keys[at] = key;
        nodes[at] = node;
        hashes[at] = hash(key, 0, key.length());
    }

    private void insert(String key, Node<T> node) {
        int mask = keys.length - 1;
        int i = spread(hash(key, 0, key.length())) & mask;
        while (keys[i] != null) {
            i = (i + 1) & mask;
        }
        put(i, key, node);
    }

    @SuppressWarnings("unchecked")
    private void rehash(int size) {
        @Nullable String[] oldKeys = keys;
        @Nullable Node<T>[] oldNodes = nodes;
        keys = new String[size];
        hashes = new int[size];
        nodes = (Node<T>[]) new Node<?>[size];
        for (int i = 0; i < oldKeys.length; i++) {
            String key = oldKeys[i];
            Node<T> node = oldNodes[i];
            if (key != null && node != null) {
                insert(key, node);
            }
        }
    }

    private static boolean isAt(String text, int from, int to, @Nullable String key) {
        return key != null && key.length() == to - from && text.startsWith(key, from);
    }

    private static int hash(String text, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + text.charAt(i);
        }
        return hash;
    }

    private static int spread(int hash) {
        return hash ^ hash >>> 15;
    }

    @Override
    public String toString() {
        return "Node" + Arrays.toString(keys);
    }
}

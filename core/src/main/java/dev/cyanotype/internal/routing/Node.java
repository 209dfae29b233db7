/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.routing;

import dev.cyanotype.internal.routing.PathPattern.Literal;
import dev.cyanotype.internal.routing.PathPattern.Parameter;
import dev.cyanotype.internal.routing.PathPattern.Segment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One place in the trie: what the segments up to here lead to.
 *
 * @param <T> what the routes lead to
 */
final class Node<T> {

    private final LiteralTable<Node<T>> literals = new LiteralTable<>();

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
        return literals.get(text, from, to);
    }

    /**
     * The child for a segment that does not take the rest.
     *
     * @throws IllegalArgumentException if the segment names an unknown converter
     */
    Node<T> add(Segment segment, Map<String, Predicate<String>> converters) {
        if (segment instanceof Literal literal) {
            return addLiteral(literal.text());
        }
        String converter = ((Parameter) segment).converter();
        return converter == null ? addPlain() : addConverted(Converter.resolve(converter, converters));
    }

    private Node<T> addLiteral(String text) {
        Node<T> node = literals.get(text);
        if (node == null) {
            node = new Node<>();
            literals.add(text, node);
        }
        return node;
    }

    private Node<T> addConverted(Converter converter) {
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

    private Node<T> addPlain() {
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
}

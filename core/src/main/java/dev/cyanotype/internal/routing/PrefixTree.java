/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.routing;

import dev.cyanotype.exchange.BadRequestException;
import dev.cyanotype.internal.routing.PathPattern.Rest;
import dev.cyanotype.internal.routing.PathPattern.Segment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds who owns a path: the deepest prefix it lies under.
 *
 * <p>Of two prefixes of one depth the more specific one wins, as for routes; of two equal ones the one for the asked host.
 * Fill it, then share it.
 *
 * @param <T> what owns prefixes
 */
public final class PrefixTree<T> {

    private static final int SLOT = 0;

    private final Node<Owner<T>> anyHost = new Node<>();
    private final Map<String, Node<Owner<T>>> hosts = new HashMap<>();
    private final Map<String, Predicate<String>> converters;
    private final BinaryOperator<T> shared;

    /**
     * An owner with the parameters of its prefix.
     *
     * @param <T> what owns prefixes
     */
    public record Owner<T>(T owner, List<String> parameters, int depth) {}

    /**
     * An empty tree.
     *
     * @param converters the registered converters by name
     * @param shared who owns a prefix that two claim
     */
    public PrefixTree(Map<String, Predicate<String>> converters, BinaryOperator<T> shared) {
        this.converters = Map.copyOf(converters);
        this.shared = shared;
    }

    /**
     * Claims a prefix.
     *
     * @param host in lower case, or null for every host
     * @throws IllegalArgumentException if the prefix names an unknown converter
     */
    public void add(@Nullable String host, PathPattern prefix, T owner) {
        Node<Owner<T>> node = host == null ? anyHost : hosts.computeIfAbsent(host, h -> new Node<>());
        for (Segment segment : prefix.segments()) {
            if (segment instanceof Rest) {
                throw new IllegalArgumentException("prefix '" + prefix + "' takes the rest");
            }
            node = node.add(segment, converters);
        }
        Leaf<Owner<T>> leaf = node.addLeaf();
        Match<Owner<T>> known = leaf.form(false).match(SLOT, Router.NO_SLOT, 0);
        T all = known == null ? owner : shared.apply(known.target().owner(), owner);
        List<String> parameters =
                known == null ? prefix.names() : known.target().parameters();
        leaf.add(
                SLOT,
                false,
                true,
                new Owner<>(all, parameters, prefix.segments().size()),
                true);
    }

    /**
     * Finds the owner of a path.
     *
     * @param host in lower case and without port, or null
     * @param path as it was sent: percent-encoded, without the query; may be malformed
     * @return the owner with the values of its prefix's parameters, or null if the path lies under no prefix
     */
    public @Nullable Match<Owner<T>> find(@Nullable String host, String path) {
        List<String> segments = segments(path);
        Node<Owner<T>> own = host == null ? null : hosts.get(host);
        Search<T> search = new Search<>(segments);
        if (own != null) {
            search.visit(own, 0);
        }
        search.visit(anyHost, 0);
        return search.best;
    }

    /** The decoded segments, up to the first one that can't be. */
    private static List<String> segments(String path) {
        List<String> segments = new ArrayList<>();
        for (String segment : path.substring(1).split("/", -1)) {
            try {
                segments.add(PercentDecoder.decode(segment, false, "the path"));
            } catch (BadRequestException e) {
                break;
            }
        }
        return segments;
    }

    private static final class Search<T> {

        private final List<String> segments;
        private final List<String> values = new ArrayList<>();
        private @Nullable Match<Owner<T>> best;

        Search(List<String> segments) {
            this.segments = segments;
        }

        /** More specific branches come first, so a later one has to be deeper to win. */
        void visit(Node<Owner<T>> node, int depth) {
            Match<Owner<T>> here =
                    node.leaf == null ? null : node.leaf.form(false).match(SLOT, Router.NO_SLOT, values.size());
            if (here != null
                    && (best == null || here.target().depth() > best.target().depth())) {
                values.toArray(here.values());
                best = here;
            }
            if (depth == segments.size() || segments.get(depth).isEmpty()) {
                return;
            }
            String value = segments.get(depth);
            Node<Owner<T>> literal = node.literal(value, 0, value.length());
            if (literal != null) {
                visit(literal, depth + 1);
            }
            for (Node.Converted<Owner<T>> converted : node.converted) {
                if (converted.converter().accepts().test(value)) {
                    visitWith(value, converted.node(), depth);
                }
            }
            if (node.plain != null) {
                visitWith(value, node.plain, depth);
            }
        }

        private void visitWith(String value, Node<Owner<T>> node, int depth) {
            values.add(value);
            visit(node, depth + 1);
            values.remove(values.size() - 1);
        }
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.routing;

import dev.cyanotype.exchange.BadRequestException;
import dev.cyanotype.internal.routing.PathPattern.Rest;
import dev.cyanotype.internal.routing.PathPattern.Segment;
import dev.cyanotype.internal.text.Ascii;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a path leads to: one trie over segments for each host, the most specific pattern first.
 *
 * <p>Segment by segment a literal beats a converted parameter, that beats a plain one, and that beats a rest. Where the
 * more specific branch leads nowhere, the next one is tried; no branch is entered twice, so a match visits each node of
 * the trie at most once and costs no more for many routes than for few. A path that equals a pattern needs no search.
 *
 * <p>Fill it, then share it: {@link #match} is safe for many threads once nothing is added any more.
 *
 * @param <T> what the routes lead to
 */
public final class Router<T> {

    /** No second slot. */
    public static final int NO_SLOT = -1;

    private final Patterns<T> anyHost = new Patterns<>();
    private final Map<String, Patterns<T>> hosts = new HashMap<>();
    private final Map<String, Predicate<String>> converters;

    /** One host's patterns: a trie of all of them, and those without parameters by the paths that equal them. */
    private record Patterns<T>(Node<T> root, LiteralTable<Leaf.Form<T>> literal) {

        Patterns() {
            this(new Node<>(), new LiteralTable<>());
        }

        void addLiteral(String path, Leaf<T> leaf) {
            if (literal.get(path) == null) {
                literal.add(path, leaf.form(false));
                literal.add(path + "/", leaf.form(true));
            }
        }
    }

    /**
     * An empty router.
     *
     * @param converters the registered converters by name
     */
    public Router(Map<String, Predicate<String>> converters) {
        this.converters = Map.copyOf(converters);
    }

    /**
     * Adds a target.
     *
     * @param host in lower case, or null for every host
     * @param slot from 0 to 7
     * @param replace whether it takes the place of one that is in its way
     * @return the target that is in its way, or null
     * @throws IllegalArgumentException if the pattern names an unknown converter
     */
    public @Nullable T add(
            @Nullable String host, int slot, PathPattern pattern, boolean strict, T target, boolean replace) {
        Patterns<T> patterns = host == null ? anyHost : hosts.computeIfAbsent(host, h -> new Patterns<>());
        Node<T> node = patterns.root();
        Leaf<T> leaf = null;
        for (Segment segment : pattern.segments()) {
            if (segment instanceof Rest) {
                leaf = node.addRest();
            } else {
                node = node.add(segment, converters);
            }
        }
        if (leaf == null) {
            leaf = node.addLeaf();
        }
        if (pattern.isLiteral()) {
            patterns.addLiteral(pattern.literalPath(), leaf);
        }
        return leaf.add(slot, pattern.trailingSlash(), strict, target, replace);
    }

    /** Whether any target is for one host only. */
    public boolean hasHosts() {
        return !hosts.isEmpty();
    }

    /**
     * Finds the most specific target.
     *
     * @param host in lower case and without port, or null
     * @param path as it was sent: percent-encoded, starting with a slash, without the query
     * @param slot the wanted slot
     * @param orSlot the slot that will do where the wanted one has no target, or {@link #NO_SLOT}
     * @return null if nothing matches
     * @throws BadRequestException if the path is badly encoded, or a parameter would hold a slash, a dot segment or the
     *     like
     */
    public @Nullable Match<T> match(@Nullable String host, String path, int slot, int orSlot) {
        Patterns<T> own = host == null ? null : hosts.get(host);
        Match<T> match = own == null ? null : match(own, path, slot, orSlot);
        return match == null ? match(anyHost, path, slot, orSlot) : match;
    }

    private static <T> @Nullable Match<T> match(Patterns<T> patterns, String path, int slot, int orSlot) {
        // A literal is the most specific in each segment, so a pattern of nothing else can't be beaten.
        Leaf.Form<T> form = patterns.literal().get(path);
        Match<T> match = form == null ? null : form.match(slot, orSlot, 0);
        return match == null ? find(patterns.root(), path, 0, 0, 0, slot, orSlot, decoded(path)) : match;
    }

    /**
     * The slots that the path would have a target for.
     *
     * @return a bit for each slot, 0 if the path leads nowhere
     */
    public int slots(@Nullable String host, String path) {
        String @Nullable [] decoded = decoded(path);
        Patterns<T> own = host == null ? null : hosts.get(host);
        return (own == null ? 0 : collect(own.root(), path, 0, 0, decoded))
                | collect(anyHost.root(), path, 0, 0, decoded);
    }

    private static <T> @Nullable Match<T> find(
            Node<T> node,
            String path,
            int at,
            int depth,
            int parameters,
            int slot,
            int orSlot,
            String @Nullable [] decoded) {
        int start = at + 1;
        if (start >= path.length()) {
            Leaf<T> leaf = node.leaf;
            return leaf == null ? null : leaf.form(at < path.length()).match(slot, orSlot, parameters);
        }
        int next = path.indexOf('/', start);
        int end = next < 0 ? path.length() : next;
        if (end > start) {
            Node<T> literal = decoded == null
                    ? node.literal(path, start, end)
                    : node.literal(decoded[depth], 0, decoded[depth].length());
            if (literal != null) {
                Match<T> match = find(literal, path, end, depth + 1, parameters, slot, orSlot, decoded);
                if (match != null) {
                    return match;
                }
            }
            if (!node.converted.isEmpty()) {
                String value = decoded == null ? path.substring(start, end) : decoded[depth];
                for (Node.Converted<T> converted : node.converted) {
                    if (converted.converter().accepts().test(value)) {
                        Match<T> match =
                                find(converted.node(), path, end, depth + 1, parameters + 1, slot, orSlot, decoded);
                        if (match != null) {
                            match.values()[parameters] = requireSegment(value);
                            return match;
                        }
                    }
                }
            }
            Node<T> plain = node.plain;
            if (plain != null) {
                Match<T> match = find(plain, path, end, depth + 1, parameters + 1, slot, orSlot, decoded);
                if (match != null) {
                    match.values()[parameters] =
                            requireSegment(decoded == null ? path.substring(start, end) : decoded[depth]);
                    return match;
                }
            }
        }
        Leaf<T> rest = node.rest;
        if (rest != null) {
            Match<T> match = rest.form(false).match(slot, orSlot, parameters + 1);
            if (match != null) {
                match.values()[parameters] = rest(path, start);
                return match;
            }
        }
        return null;
    }

    private static <T> int collect(Node<T> node, String path, int at, int depth, String @Nullable [] decoded) {
        int start = at + 1;
        if (start >= path.length()) {
            return node.leaf == null ? 0 : node.leaf.form(at < path.length()).slots();
        }
        int next = path.indexOf('/', start);
        int end = next < 0 ? path.length() : next;
        int slots = node.rest == null ? 0 : node.rest.form(false).slots();
        if (end > start) {
            String value = decoded == null ? path.substring(start, end) : decoded[depth];
            Node<T> literal = node.literal(value, 0, value.length());
            if (literal != null) {
                slots |= collect(literal, path, end, depth + 1, decoded);
            }
            for (Node.Converted<T> converted : node.converted) {
                if (converted.converter().accepts().test(value)) {
                    slots |= collect(converted.node(), path, end, depth + 1, decoded);
                }
            }
            if (node.plain != null) {
                slots |= collect(node.plain, path, end, depth + 1, decoded);
            }
        }
        return slots;
    }

    /** The decoded segments if any has an escape, else null: then the path is read where it stands. */
    private static String @Nullable [] decoded(String path) {
        if (path.indexOf('%') < 0) {
            return null;
        }
        String[] segments = path.substring(1).split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            segments[i] = PercentDecoder.decode(segments[i], false, "the path");
        }
        return segments;
    }

    private static String rest(String path, int start) {
        String value = PercentDecoder.decode(path.substring(start), false, "the path");
        if (value.indexOf('\0') >= 0) {
            throw new BadRequestException("the path has a NUL character");
        }
        return value;
    }

    /**
     * Refuses what a handler could mistake for more than one segment when it builds a path of it.
     *
     * @throws BadRequestException if the value is no plain segment
     */
    public static String requireSegment(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (Ascii.isControl(c) || c == '/' || c == '\\') {
                throw new BadRequestException("a path parameter has a slash, a backslash or a control character");
            }
        }
        if (value.charAt(0) == '.'
                && (value.equals(".") || value.equals("..") || value.startsWith(".;") || value.startsWith("..;"))) {
            throw new BadRequestException("a path parameter is a dot segment");
        }
        return value;
    }
}

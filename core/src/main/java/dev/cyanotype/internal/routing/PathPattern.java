/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.routing;

import dev.cyanotype.internal.text.Ascii;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A path with parameters, taken apart.
 *
 * @param text as it is shown, starting with a slash
 * @param segments between the slashes, without empty ones
 * @param trailingSlash whether it is written with a slash at its end
 */
public record PathPattern(String text, List<Segment> segments, boolean trailingSlash) {

    /** One part of a pattern. */
    public sealed interface Segment {}

    /** Text that has to be equal, percent-decoded. */
    public record Literal(String text) implements Segment {}

    /** A parameter of one segment, with the name of its converter or null. */
    public record Parameter(String name, @Nullable String converter) implements Segment {}

    /** A parameter that takes all the rest, one or more characters. */
    public record Rest(String name) implements Segment {}

    /**
     * Takes a pattern apart.
     *
     * @param text with or without a leading slash
     * @throws IllegalArgumentException that says what is wrong, without the place
     */
    public static PathPattern parse(String text) {
        String path = text.startsWith("/") ? text : "/" + text;
        List<Segment> segments = new ArrayList<>();
        Set<String> names = new HashSet<>();
        int start = 1;
        while (start < path.length()) {
            int end = endOfSegment(path, start);
            String part = path.substring(start, end);
            if (part.isEmpty()) {
                throw new IllegalArgumentException("path '" + text + "' has an empty segment");
            }
            Segment segment = segment(text, part);
            String name = nameOf(segment);
            if (name != null && !names.add(name)) {
                throw new IllegalArgumentException("path '" + text + "': parameter '" + name + "' stands twice");
            }
            if (segment instanceof Rest && end < path.length()) {
                throw new IllegalArgumentException("path '" + text + "': nothing can follow {" + name + "*}");
            }
            segments.add(segment);
            start = end + 1;
        }
        return new PathPattern(path, List.copyOf(segments), path.endsWith("/"));
    }

    /** The names of the parameters, in order. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        for (Parameter parameter : parameters()) {
            names.add(parameter.name());
        }
        return names;
    }

    /** The parameters in order; one that takes the rest has no converter. */
    public List<Parameter> parameters() {
        List<Parameter> parameters = new ArrayList<>();
        for (Segment segment : segments) {
            if (segment instanceof Parameter parameter) {
                parameters.add(parameter);
            } else if (segment instanceof Rest rest) {
                parameters.add(new Parameter(rest.name(), null));
            }
        }
        return parameters;
    }

    /** Equal for patterns that match the same paths, whatever their parameters are called. */
    public String shape() {
        StringBuilder shape = new StringBuilder();
        for (Segment segment : segments) {
            shape.append('/');
            if (segment instanceof Literal literal) {
                shape.append(literal.text());
            } else if (segment instanceof Parameter parameter) {
                shape.append(parameter.converter() == null ? "{}" : "{:" + parameter.converter() + "}");
            } else {
                shape.append("{*}");
            }
        }
        return shape.toString();
    }

    /** Whether it has no parameters. */
    boolean isLiteral() {
        for (Segment segment : segments) {
            if (!(segment instanceof Literal)) {
                return false;
            }
        }
        return true;
    }

    /** Without parameters: the path that it matches, without a slash at its end. */
    String literalPath() {
        return trailingSlash ? text.substring(0, text.length() - 1) : text;
    }

    /** The end of a segment; a slash inside braces does not end it. */
    private static int endOfSegment(String path, int start) {
        int depth = 0;
        for (int i = start; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '{') {
                depth++;
            } else if (c == '}') {
                depth--;
            } else if (c == '/' && depth <= 0) {
                return i;
            }
        }
        return path.length();
    }

    private static Segment segment(String path, String part) {
        if (part.startsWith("{") && part.endsWith("}")) {
            String inner = part.substring(1, part.length() - 1);
            int colon = inner.indexOf(':');
            String name = colon < 0 ? inner : inner.substring(0, colon);
            boolean rest = colon < 0 && name.endsWith("*");
            if (rest) {
                name = name.substring(0, name.length() - 1);
            }
            checkName("path '" + path + "'", name);
            if (rest) {
                return new Rest(name);
            }
            String converter = colon < 0 ? null : inner.substring(colon + 1);
            if (converter != null && converter.isEmpty()) {
                throw new IllegalArgumentException("path '" + path + "': parameter '" + name
                        + "' has an empty converter (expected: {" + name + "} or {" + name + ":int})");
            }
            return new Parameter(name, converter);
        }
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (c == '{' || c == '}' || c == '<' || c == '>' || c == '*') {
                throw new IllegalArgumentException("path '" + path + "': '" + part
                        + "' mixes text and parameter (expected: a whole segment such as {id}, {id:int} or {path*})");
            }
            if (Ascii.isControl(c) || " ?#\\%".indexOf(c) >= 0) {
                throw new IllegalArgumentException("path '" + path + "': '" + part + "' has the character '" + c
                        + "' (expected: path segments, decoded, e.g. '/api')");
            }
        }
        if (part.equals(".") || part.equals("..")) {
            throw new IllegalArgumentException("path '" + path + "': segment '" + part + "' can't be requested");
        }
        return new Literal(part);
    }

    /**
     * Checks the name of a parameter.
     *
     * @param where what the message starts with
     */
    public static void checkName(String where, String name) {
        boolean good = !name.isEmpty() && (Character.isLetter(name.charAt(0)) || name.charAt(0) == '_');
        for (int i = 1; good && i < name.length(); i++) {
            char c = name.charAt(i);
            good = Character.isLetterOrDigit(c) || c == '_' || c == '-';
        }
        if (!good) {
            throw new IllegalArgumentException(
                    where + ": parameter name '" + name + "' (expected: letters, digits, '_' and '-', e.g. {id})");
        }
    }

    private static @Nullable String nameOf(Segment segment) {
        if (segment instanceof Parameter parameter) {
            return parameter.name();
        }
        return segment instanceof Rest rest ? rest.name() : null;
    }

    @Override
    public String toString() {
        return text;
    }
}

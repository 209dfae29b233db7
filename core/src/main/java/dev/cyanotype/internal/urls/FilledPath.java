/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.urls;

import dev.cyanotype.exchange.BadRequestException;
import dev.cyanotype.internal.assembly.Operation;
import dev.cyanotype.internal.assembly.Operation.Http.Parameter;
import dev.cyanotype.internal.routing.PathPattern;
import dev.cyanotype.internal.routing.PathPattern.Literal;
import dev.cyanotype.internal.routing.PercentEncoder;
import dev.cyanotype.internal.routing.Router;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One path of a route, with the values its parameters would get.
 *
 * @param given what the caller said, by name
 * @param filled the same with what hooks added
 */
record FilledPath(Operation.Http route, Map<String, Object> given, Map<String, Object> filled) {

    /** How many of the given values stand in the path. */
    long used() {
        return route.names().stream().filter(given::containsKey).count();
    }

    /** Why this path will not do, or null. */
    @Nullable
    String problem() {
        for (Parameter parameter : route.parameters()) {
            String value = value(parameter.name());
            if (value == null) {
                return "parameter '%s' is missing (expected: a value for each of %s in %s). Give it with with(\"%s\", …)."
                        .formatted(parameter.name(), route.names(), route.path(), parameter.name());
            }
            String wrong = wrong(parameter, value);
            if (wrong != null) {
                return "parameter '%s' is '%s', %s (path %s)".formatted(parameter.name(), value, wrong, route.path());
            }
        }
        for (Map.Entry<String, Object> value : given.entrySet()) {
            String fixed = route.urlDefaults().get(value.getKey());
            boolean inPath = route.names().contains(value.getKey());
            if (fixed != null && !inPath && !fixed.equals(value.getValue().toString())) {
                return "parameter '%s' is '%s', but on %s it is always '%s'"
                        .formatted(value.getKey(), value.getValue(), route.path(), fixed);
            }
        }
        return null;
    }

    /** Whether a given value stands neither in the path nor among the route's defaults. */
    boolean isExtra(String name) {
        return !route.names().contains(name) && !route.urlDefaults().containsKey(name);
    }

    /** The encoded path. */
    String text() {
        StringBuilder text = new StringBuilder();
        int parameter = 0;
        for (PathPattern.Segment segment : route.pattern().segments()) {
            text.append('/');
            if (segment instanceof Literal literal) {
                text.append(PercentEncoder.segment(literal.text()));
            } else {
                String value = String.valueOf(value(route.names().get(parameter++)));
                text.append(
                        segment instanceof PathPattern.Rest
                                ? PercentEncoder.segments(value)
                                : PercentEncoder.segment(value));
            }
        }
        boolean slash = route.pattern().trailingSlash() || text.isEmpty();
        return slash ? text.append('/').toString() : text.toString();
    }

    private @Nullable String value(String name) {
        Object value = filled.get(name);
        return value == null ? route.urlDefaults().get(name) : value.toString();
    }

    /** What a router would have against a value, or null. */
    private @Nullable String wrong(Parameter parameter, String value) {
        if (value.isEmpty()) {
            return "which no path can hold (expected: a character or more)";
        }
        try {
            PercentEncoder.segment(value);
            if (parameter.name().equals(route.restName())) {
                return wrongRest(value);
            }
            Router.requireSegment(value);
        } catch (BadRequestException | IllegalArgumentException e) {
            return "which no path can hold: " + e.getMessage();
        }
        return parameter.converter() == null || parameter.converter().accepts().test(value)
                ? null
                : "which does not fit {%s:%s}"
                        .formatted(parameter.name(), parameter.converter().key());
    }

    /** Clients resolve dot segments before they ask; and a path that starts with two slashes is a host to them. */
    private static @Nullable String wrongRest(String value) {
        boolean dots = ("/" + value + "/").contains("/../") || ("/" + value + "/").contains("/./");
        if (dots || value.startsWith("/") || value.indexOf('\\') >= 0 || value.indexOf('\0') >= 0) {
            return "which no path can hold: it starts with a slash, or has a dot segment, a backslash or a NUL character";
        }
        return null;
    }
}

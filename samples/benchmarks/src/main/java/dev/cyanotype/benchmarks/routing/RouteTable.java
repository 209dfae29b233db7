/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.benchmarks.routing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The routes of an imaginary service, and paths to ask for, the same for all routers. */
public final class RouteTable {

    /** How many different paths take turns; a power of two. */
    static final int PATHS = 64;

    private RouteTable() {}

    /** What a route looks like. */
    public enum Shape {
        LITERAL("", ""),
        ONE_PARAMETER("/{id}", "/%d"),
        TWO_PARAMETERS("/{id}/items/{item}", "/%d/items/part-%<d");

        private final String pattern;
        private final String path;

        Shape(String pattern, String path) {
            this.pattern = pattern;
            this.path = path;
        }

        /** The last of the pattern's parameters, or null. */
        String lastParameter() {
            return switch (this) {
                case LITERAL -> null;
                case ONE_PARAMETER -> "id";
                case TWO_PARAMETERS -> "item";
            };
        }
    }

    /** Which of the routes is asked for, in the order they were added. */
    public enum Position {
        FIRST,
        MIDDLE,
        LAST,
        MISS;

        private String resource(int routes) {
            return switch (this) {
                case FIRST -> "res0";
                case MIDDLE -> "res" + routes / 2;
                case LAST -> "res" + (routes - 1);
                case MISS -> "none" + routes;
            };
        }
    }

    static List<String> patterns(Shape shape, int routes) {
        List<String> patterns = new ArrayList<>();
        for (int i = 0; i < routes; i++) {
            patterns.add("/api/v1/res" + i + shape.pattern);
        }
        return patterns;
    }

    /** Paths that all lead to one route, each a string of its own. */
    static String[] paths(Shape shape, int routes, Position position) {
        String[] paths = new String[PATHS];
        for (int i = 0; i < PATHS; i++) {
            String path = "/api/v1/" + position.resource(routes) + shape.path.formatted(10_000 + 7 * i);
            paths[i] = new String(path.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.ISO_8859_1);
        }
        return paths;
    }
}

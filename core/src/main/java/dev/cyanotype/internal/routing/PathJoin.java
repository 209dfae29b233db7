/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.routing;

/** Joins prefixes and paths with one slash at each join. */
public final class PathJoin {

    private PathJoin() {}

    /**
     * Joins a prefix and what follows it.
     *
     * @param prefix may lack a leading slash and have trailing ones
     * @param path may lack a leading slash; an empty one leaves the prefix alone, with one slash at its end if it has any
     * @return starts with a slash unless both are empty; without doubled slashes
     */
    public static String join(String prefix, String path) {
        if (path.isEmpty()) {
            return lead(prefix);
        }
        int end = prefix.length();
        while (end > 0 && prefix.charAt(end - 1) == '/') {
            end--;
        }
        int start = 0;
        while (start < path.length() && path.charAt(start) == '/') {
            start++;
        }
        return lead(prefix.substring(0, end)) + "/" + path.substring(start);
    }

    private static String lead(String path) {
        if (path.isEmpty()) {
            return path;
        }
        int start = 0;
        while (start < path.length() && path.charAt(start) == '/') {
            start++;
        }
        int end = path.length();
        while (end > start + 1 && path.charAt(end - 1) == '/' && path.charAt(end - 2) == '/') {
            end--;
        }
        return "/" + path.substring(start, end);
    }
}

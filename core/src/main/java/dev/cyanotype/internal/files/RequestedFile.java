/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.files;

import dev.cyanotype.internal.text.Ascii;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a request names below a folder.
 *
 * @param names of folders and perhaps a file, decoded; empty for the folder itself
 * @param slash whether it ends with a slash, so that it is a folder
 */
record RequestedFile(List<String> names, boolean slash) {

    private static final String WELL_KNOWN = ".well-known";

    /**
     * Reads what the router has left of a path.
     *
     * @param rest decoded; empty for the folder itself
     * @param path all of the path, as it was sent
     * @param dotFiles whether names may begin with a dot
     * @return null if no file can have such a path
     */
    static @Nullable RequestedFile parse(String rest, String path, boolean dotFiles) {
        // A slash that is none would get past whoever guards a folder by its path, in this app or before it.
        if (path.indexOf('%') >= 0 && path.toLowerCase(Locale.ROOT).contains("%2f")) {
            return null;
        }
        boolean slash = (rest.isEmpty() ? path : rest).endsWith("/");
        String names = rest.endsWith("/") ? rest.substring(0, rest.length() - 1) : rest;
        if (names.isEmpty()) {
            return rest.isEmpty() ? new RequestedFile(List.of(), slash) : null;
        }
        List<String> all = List.of(names.split("/", -1));
        return all.stream().allMatch(name -> isGood(name, dotFiles)) ? new RequestedFile(all, slash) : null;
    }

    private static boolean isGood(String name, boolean dotFiles) {
        if (name.isEmpty() || name.equals(".") || name.equals("..") || name.startsWith("..;")) {
            return false;
        }
        if (name.charAt(0) == '.' && !dotFiles && !name.equals(WELL_KNOWN)) {
            return false;
        }
        return name.chars().noneMatch(c -> Ascii.isControl(c) || c == '\\');
    }
}

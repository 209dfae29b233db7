/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** A folder of templates. */
public sealed interface TemplateLocation {

    /** What a location on the class path starts with. */
    String SCHEME = "classpath:";

    /** A directory, by its real path. */
    record Directory(Path root) implements TemplateLocation {
        @Override
        public String toString() {
            return root.toString();
        }
    }

    /** A folder among the resources that a class loader finds; the base has no slash at either end. */
    record Resources(String base, ClassLoader loader) implements TemplateLocation {
        @Override
        public String toString() {
            return SCHEME + "/" + base;
        }
    }

    /** A location of a directory that is there. */
    static TemplateLocation of(String where, Path directory) {
        Objects.requireNonNull(directory, "directory");
        if (!Files.isDirectory(directory)) {
            throw new IllegalArgumentException(
                    "%s: templates '%s' is no directory (working directory: %s). Create it, or name another."
                            .formatted(
                                    where,
                                    directory,
                                    Path.of("").toAbsolutePath().normalize()));
        }
        try {
            return new Directory(directory.toRealPath());
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "%s: templates '%s' can't be opened: %s".formatted(where, directory, e.getMessage()), e);
        }
    }

    /** A location of a text such as {@code classpath:/users/views}. */
    static TemplateLocation of(String where, String location) {
        Objects.requireNonNull(location, "location");
        String base = location.startsWith(SCHEME) ? location.substring(SCHEME.length()) : "";
        base = base.startsWith("/") ? base.substring(1) : base;
        base = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
        boolean good = true;
        for (String segment : base.split("/", -1)) {
            good &= !segment.isEmpty() && !segment.equals(".") && !segment.equals("..");
        }
        if (!good || base.indexOf('\\') >= 0) {
            throw new IllegalArgumentException(
                    "%s: templates '%s' (expected: a location such as 'classpath:/users/views'). For a directory pass a Path."
                            .formatted(where, location));
        }
        // Where the program that declares it is loaded from; not known to us otherwise.
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return new Resources(base, context == null ? TemplateLocation.class.getClassLoader() : context);
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.files;

import dev.cyanotype.http.FilesOptions;
import dev.cyanotype.internal.spec.FileHandler;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/** Makes handlers of declarations, and refuses what could never answer with a file. */
public final class StaticFiles {

    /** The path parameter that names a file of a folder, below the path of the folder. */
    public static final String PARAMETER = "path";

    private static final String CLASS_PATH = "classpath:/";

    private static final String MANIFEST = "META-INF/MANIFEST.MF";

    private StaticFiles() {}

    /**
     * Serves a folder.
     *
     * @throws IllegalArgumentException that says what is wrong, without the place
     */
    public static FileHandler directory(Path directory, FilesOptions options) {
        Path absolute = directory.toAbsolutePath();
        if (Files.isRegularFile(absolute)) {
            throw new IllegalArgumentException("'" + directory + "' is a file. Use file(…).");
        }
        if (!Files.isDirectory(absolute)) {
            throw new IllegalArgumentException("'" + directory + "' does not exist (expected: a folder)");
        }
        return directory(new DirectoryRoot(absolute, false), options);
    }

    /**
     * Serves a folder of the class path.
     *
     * @param loaders asked in this order; null ones are left out
     * @throws IllegalArgumentException that says what is wrong, without the place
     */
    public static FileHandler directory(String location, List<@Nullable ClassLoader> loaders, FilesOptions options) {
        String base = resource(location);
        ClassLoader loader = loaders.stream()
                .filter(Objects::nonNull)
                .filter(candidate -> candidate.getResource(base) != null || isInAJar(candidate, base + "/"))
                .findFirst()
                .orElseThrow(() -> missing(location, base, "folder"));
        int slash = base.lastIndexOf('/');
        FileRoot parent = new ClassPathRoot(loader, base.substring(0, Math.max(0, slash)));
        if (parent.find(List.of(base.substring(slash + 1))) != null) {
            throw new IllegalArgumentException("'" + location + "' is a file. Use file(…).");
        }
        return directory(new ClassPathRoot(loader, base), options);
    }

    /**
     * Serves one file.
     *
     * @throws IllegalArgumentException that says what is wrong, without the place
     */
    public static FileHandler file(Path file, FilesOptions options) {
        Path absolute = file.toAbsolutePath();
        Path parent = absolute.getParent();
        if (parent == null || Files.isDirectory(absolute)) {
            throw new IllegalArgumentException("'" + file + "' is a folder. Use files(…).");
        }
        if (!Files.isRegularFile(absolute)) {
            throw new IllegalArgumentException("'" + file + "' does not exist (expected: a file)");
        }
        return new SingleFileHandler(new DirectoryRoot(parent, true), name(absolute), options);
    }

    /**
     * Serves one file of the class path.
     *
     * @param loaders asked in this order; null ones are left out
     * @throws IllegalArgumentException that says what is wrong, without the place
     */
    public static FileHandler file(String location, List<@Nullable ClassLoader> loaders, FilesOptions options) {
        String resource = resource(location);
        int slash = resource.lastIndexOf('/');
        String name = resource.substring(slash + 1);
        for (ClassLoader loader : loaders) {
            if (loader != null) {
                FileRoot root = new ClassPathRoot(loader, resource.substring(0, Math.max(0, slash)));
                if (root.find(List.of(name)) != null) {
                    return new SingleFileHandler(root, name, options);
                }
            }
        }
        for (ClassLoader loader : loaders) {
            if (loader != null && (loader.getResource(resource) != null || isInAJar(loader, resource + "/"))) {
                throw new IllegalArgumentException("'" + location + "' is a folder. Use files(…).");
            }
        }
        throw missing(location, resource, "file");
    }

    private static FileHandler directory(FileRoot root, FilesOptions options) {
        String fallback = options.fallback();
        if (fallback != null && root.find(List.of(fallback.split("/"))) == null) {
            throw new IllegalArgumentException(
                    "fallback '" + fallback + "' does not exist (expected: a file below it)");
        }
        return new DirectoryHandler(root, options);
    }

    private static String name(Path path) {
        return Objects.requireNonNull(path.getFileName(), "fileName").toString();
    }

    private static String resource(String location) {
        String rest = location.startsWith(CLASS_PATH) ? location.substring(CLASS_PATH.length()) : "";
        String name = rest.endsWith("/") ? rest.substring(0, rest.length() - 1) : rest;
        RequestedFile parsed = RequestedFile.parse(name, "/", true);
        if (parsed == null || parsed.names().isEmpty()) {
            throw new IllegalArgumentException("location '" + location
                    + "' (expected: something below the class path's root, e.g. 'classpath:/web', or a Path)");
        }
        return name;
    }

    private static IllegalArgumentException missing(String location, String name, String kind) {
        int slash = name.lastIndexOf('/');
        String folder = kind.equals("file") ? name.substring(0, Math.max(0, slash)) : name;
        return new IllegalArgumentException("'" + location + "' does not exist on the class path (expected: a " + kind
                + "). In a named module, open the package '" + folder.replace('/', '.')
                + "' to all, or use a folder that is no package, such as 'META-INF/web'.");
    }

    /** Many tools write jars without entries for folders, and then a class loader knows of none. */
    private static boolean isInAJar(ClassLoader loader, String prefix) {
        try {
            for (URL manifest : Collections.list(loader.getResources(MANIFEST))) {
                URLConnection connection = manifest.openConnection();
                connection.setUseCaches(false);
                if (connection instanceof JarURLConnection jarConnection) {
                    try (JarFile jar = jarConnection.getJarFile()) {
                        if (jar.stream().anyMatch(entry -> entry.getName().startsWith(prefix))) {
                            return true;
                        }
                    }
                }
            }
        } catch (IOException e) {
            return false;
        }
        return false;
    }
}

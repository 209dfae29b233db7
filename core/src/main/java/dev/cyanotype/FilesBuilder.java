/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype;

import dev.cyanotype.http.FilesOptions;
import dev.cyanotype.http.HttpMethod;
import dev.cyanotype.http.Route;
import dev.cyanotype.internal.files.StaticFiles;
import dev.cyanotype.internal.spec.FileHandler;
import dev.cyanotype.internal.spec.ScopeDraft;
import dev.cyanotype.internal.spec.Source;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Declares static files.
 *
 * <p>They are routes like others: prefix, version, host, hooks and error handlers hold for them, and more specific routes
 * win. GET and HEAD are answered, with conditional and range requests of RFC 9110. Nothing outside a folder is served,
 * whatever the path and wherever symbolic links lead, and a folder is never listed. What stands on the class path is found
 * by the thread's context class loader, else by that of the declaring class. Not thread-safe.
 *
 * @param <B> the builder itself
 * @since 0.1
 */
public abstract sealed class FilesBuilder<B extends FilesBuilder<B>> extends RoutesBuilder<B> permits MessagesBuilder {

    FilesBuilder(ScopeDraft draft) {
        super(draft);
    }

    /**
     * Serves the files of a folder, with {@code index.html} for folders.
     *
     * @param path stands for the folder, joined to the prefix
     * @param directory the folder; files may change while it is served
     * @return this
     * @throws IllegalArgumentException if it is no path, or there is no such folder
     */
    public B files(String path, Path directory) {
        return files(path, directory, options -> {});
    }

    /**
     * Serves the files of a folder.
     *
     * @param path stands for the folder, joined to the prefix
     * @param directory the folder; files may change while it is served
     * @param options sets its name, {@code static} if unset, and other options
     * @return this
     * @throws IllegalArgumentException if it is no path, or there is no such folder
     */
    public B files(String path, Path directory, Consumer<FilesOptions.Builder> options) {
        Objects.requireNonNull(directory, "directory");
        return add("files", path, options, (given, loaders) -> StaticFiles.directory(directory, given));
    }

    /**
     * Serves the files of a folder of the class path, with {@code index.html} for folders.
     *
     * @param path stands for the folder, joined to the prefix
     * @param location such as {@code classpath:/web}
     * @return this
     * @throws IllegalArgumentException if it is no path, or there is no such folder
     */
    public B files(String path, String location) {
        return files(path, location, options -> {});
    }

    /**
     * Serves the files of a folder of the class path.
     *
     * @param path stands for the folder, joined to the prefix
     * @param location such as {@code classpath:/web}
     * @param options sets its name, {@code static} if unset, and other options
     * @return this
     * @throws IllegalArgumentException if it is no path, or there is no such folder
     */
    public B files(String path, String location, Consumer<FilesOptions.Builder> options) {
        Objects.requireNonNull(location, "location");
        return add("files", path, options, (given, loaders) -> StaticFiles.directory(location, loaders, given));
    }

    /**
     * Serves one file.
     *
     * @param path of the file, joined to the prefix
     * @param file the file, which may change while it is served
     * @return this
     * @throws IllegalArgumentException if it is no path, or there is no such file
     */
    public B file(String path, Path file) {
        return file(path, file, options -> {});
    }

    /**
     * Serves one file.
     *
     * @param path of the file, joined to the prefix
     * @param file the file, which may change while it is served
     * @param options sets its name, {@code static} if unset, and other options
     * @return this
     * @throws IllegalArgumentException if it is no path, or there is no such file
     */
    public B file(String path, Path file, Consumer<FilesOptions.Builder> options) {
        Objects.requireNonNull(file, "file");
        return add("file", path, options, (given, loaders) -> StaticFiles.file(file, given));
    }

    /**
     * Serves one file of the class path.
     *
     * @param path of the file, joined to the prefix
     * @param location such as {@code classpath:/web/robots.txt}
     * @return this
     * @throws IllegalArgumentException if it is no path, or there is no such file
     */
    public B file(String path, String location) {
        return file(path, location, options -> {});
    }

    /**
     * Serves one file of the class path.
     *
     * @param path of the file, joined to the prefix
     * @param location such as {@code classpath:/web/robots.txt}
     * @param options sets its name, {@code static} if unset, and other options
     * @return this
     * @throws IllegalArgumentException if it is no path, or there is no such file
     */
    public B file(String path, String location, Consumer<FilesOptions.Builder> options) {
        Objects.requireNonNull(location, "location");
        return add("file", path, options, (given, loaders) -> StaticFiles.file(location, loaders, given));
    }

    private B add(
            String kind,
            String path,
            Consumer<FilesOptions.Builder> options,
            BiFunction<FilesOptions, List<@Nullable ClassLoader>, FileHandler> make) {
        Objects.requireNonNull(path, "path");
        FilesOptions.Builder builder = FilesOptions.builder();
        Objects.requireNonNull(options, "options").accept(builder);
        FilesOptions given = builder.build();
        String where = where() + ": " + kind + " '" + path + "': ";
        boolean folder = kind.equals("files");
        String misfit = given.misfit(folder);
        if (misfit != null) {
            throw new IllegalArgumentException(where + misfit);
        }
        FileHandler handler;
        try {
            handler = make.apply(
                    given, Arrays.asList(Thread.currentThread().getContextClassLoader(), Source.callerLoader()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(where + e.getMessage(), e);
        }
        Route.Builder route =
                Route.builder(Set.of(HttpMethod.GET), folder ? below(path, given) : List.of(path), handler);
        given.applyTo(route);
        if (folder) {
            // Its handler knows what a missing slash means.
            route.strictSlashes(false);
        } else if (given.strictSlashes() != null) {
            route.strictSlashes(given.strictSlashes());
        }
        return route(route.build());
    }

    /** The folder's own path is left to others if nothing could answer there. */
    private static List<String> below(String path, FilesOptions options) {
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        List<String> paths = new ArrayList<>();
        if (!options.index().isEmpty() || options.fallback() != null) {
            paths.add(path);
        }
        paths.add(path.substring(0, end) + "/{" + StaticFiles.PARAMETER + "*}");
        return paths;
    }
}

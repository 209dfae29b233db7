/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http;

import dev.cyanotype.exchange.Headers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a folder or a single file is served.
 *
 * <p>Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class FilesOptions {

    /** Closed, so it does not change any more. */
    private final RouteOptions<?> ofRoute;

    private final @Nullable List<String> index;
    private final @Nullable Function<String, @Nullable Duration> cacheAge;
    private final @Nullable String contentType;
    private final Map<String, String> contentTypes;
    private final boolean precompressed;
    private final boolean dotFiles;
    private final @Nullable String fallback;

    private FilesOptions(Builder builder) {
        this.ofRoute = builder;
        this.index = builder.index;
        this.cacheAge = builder.cacheAge;
        this.contentType = builder.contentType;
        this.contentTypes = Map.copyOf(builder.contentTypes);
        this.precompressed = builder.precompressed;
        this.dotFiles = builder.dotFiles;
        this.fallback = builder.fallback;
    }

    /**
     * Starts from the defaults.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Puts the options of a route on the route that serves the files.
     *
     * @param route named {@code static} if these options have no name
     */
    public void applyTo(Route.Builder route) {
        route.name(ofRoute.name == null ? "static" : ofRoute.name);
        if (ofRoute.version != null) {
            route.version(ofRoute.version);
        }
        if (ofRoute.versionPrefix != null) {
            route.versionPrefix(ofRoute.versionPrefix);
        }
        if (!ofRoute.hosts.isEmpty()) {
            route.hosts(ofRoute.hosts.toArray(String[]::new));
        }
        if (ofRoute.subdomain != null) {
            route.subdomain(ofRoute.subdomain);
        }
        route.urlDefaults.putAll(ofRoute.urlDefaults);
        route.attributes.putAll(ofRoute.attributes);
        route.before.addAll(ofRoute.before);
        route.after.addAll(ofRoute.after);
    }

    /**
     * Whether a trailing slash has to be as written.
     *
     * @return null if unset
     */
    public @Nullable Boolean strictSlashes() {
        return ofRoute.strictSlashes;
    }

    /**
     * The files that answer for a folder, the first that exists.
     *
     * @return {@code index.html} unless set, empty if none
     */
    public List<String> index() {
        return index == null ? List.of("index.html") : index;
    }

    /**
     * How long a file may be kept without asking again.
     *
     * @param file its path below the folder, with slashes
     * @return null if that is not said
     */
    public @Nullable Duration cacheAge(String file) {
        Duration age = cacheAge == null ? null : cacheAge.apply(file);
        if (age != null && age.isNegative()) {
            throw new IllegalArgumentException(
                    "files: cacheAge of '" + file + "' is " + age + " (expected: zero or more)");
        }
        return age;
    }

    /**
     * The media type that files are given, instead of what is known about their extension.
     *
     * @param extension in lower case without the dot, or null if there is none
     * @return null if unset
     */
    public @Nullable String contentType(@Nullable String extension) {
        return contentType != null || extension == null ? contentType : contentTypes.get(extension);
    }

    /**
     * Whether files lie beside their compressed forms.
     *
     * @return false unless set
     */
    public boolean precompressed() {
        return precompressed;
    }

    /**
     * Whether files whose name begins with a dot are served.
     *
     * @return false unless set
     */
    public boolean dotFiles() {
        return dotFiles;
    }

    /**
     * The file that answers for pages that do not exist.
     *
     * @return null if unset
     */
    public @Nullable String fallback() {
        return fallback;
    }

    /**
     * An option that has been set but has no meaning for one kind of declaration.
     *
     * @param folder true for a folder, false for a single file
     * @return what is wrong with it, or null if all is well
     */
    public @Nullable String misfit(boolean folder) {
        if (folder) {
            return contentType == null
                    ? null
                    : "contentType('" + contentType + "') is for a single file. Use contentType(extension, type).";
        }
        if (!contentTypes.isEmpty()) {
            return "contentType(extension, type) is for a folder. Use contentType(type).";
        }
        if (index != null) {
            return "index is for a folder. Leave it out.";
        }
        return fallback == null ? null : "fallback is for a folder. Leave it out.";
    }

    @Override
    public String toString() {
        return "FilesOptions" + (ofRoute.name == null ? "" : "[name=" + ofRoute.name + "]");
    }

    /** Collects options; each may be set once. Not thread-safe. */
    public static final class Builder extends RouteOptions<Builder> {

        private final Map<String, String> contentTypes = new LinkedHashMap<>();
        private @Nullable List<String> index;
        private @Nullable Function<String, @Nullable Duration> cacheAge;
        private @Nullable String contentType;
        private boolean precompressed;
        private boolean dotFiles;
        private @Nullable String fallback;

        private Builder() {}

        /**
         * Names the files that answer for a folder.
         *
         * @param files names without a slash, the first that exists wins; default {@code index.html}
         * @return this
         * @throws IllegalArgumentException if there is none, or one is no name of a file
         */
        public Builder index(String... files) {
            Objects.requireNonNull(files, "files");
            for (String file : files) {
                requireFileName(
                        Objects.requireNonNull(file, "file"), "index '" + file + "' (expected: the name of a file");
            }
            if (files.length == 0) {
                throw new IllegalArgumentException("files: no index (expected: one or more). Use noIndex().");
            }
            index = once("index", List.of(files));
            return this;
        }

        /**
         * Lets no file answer for a folder, and a route of your own for the path of the files.
         *
         * @return this
         */
        public Builder noIndex() {
            index = once("index", List.of());
            return this;
        }

        /**
         * Says how long all files may be kept without asking again.
         *
         * @param age whole seconds, 0 or more; without it there is no {@code Cache-Control}
         * @return this
         * @throws IllegalArgumentException if it is negative
         */
        public Builder cacheAge(Duration age) {
            if (Objects.requireNonNull(age, "age").isNegative()) {
                throw new IllegalArgumentException("files: cacheAge " + age + " (expected: zero or more)");
            }
            return cacheAge(file -> age);
        }

        /**
         * Says for each file how long it may be kept without asking again.
         *
         * @param age gets the file's path below the folder, with slashes; null leaves {@code Cache-Control} out
         * @return this
         */
        public Builder cacheAge(Function<String, @Nullable Duration> age) {
            cacheAge = once("cacheAge", age);
            return this;
        }

        /**
         * Gives a single file its media type.
         *
         * @param type such as {@code text/html;charset=utf-8}
         * @return this
         * @throws IllegalArgumentException if it is no media type
         */
        public Builder contentType(String type) {
            contentType = once("contentType", mediaType(type));
            return this;
        }

        /**
         * Gives the files of a folder that have an extension their media type.
         *
         * @param extension without the dot, such as {@code gltf}; letter case does not count
         * @param type such as {@code model/gltf+json}
         * @return this
         * @throws IllegalArgumentException if one is no extension or no media type
         */
        public Builder contentType(String extension, String type) {
            String key = Objects.requireNonNull(extension, "extension").toLowerCase(Locale.ROOT);
            if (key.isEmpty() || key.indexOf('.') >= 0 || key.indexOf('/') >= 0) {
                throw new IllegalArgumentException(
                        "files: extension '" + extension + "' (expected: what follows the last dot, e.g. 'css')");
            }
            contentTypes.put(key, once("contentType of '" + key + "'", mediaType(type)));
            return this;
        }

        /**
         * Says whether compressed forms lie beside the files: {@code app.js.br}, {@code app.js.zst}, {@code app.js.gz}.
         *
         * @param beside true: the one that the client likes best is sent instead of the file; default false
         * @return this
         */
        public Builder precompressed(boolean beside) {
            precompressed = once("precompressed", beside);
            return this;
        }

        /**
         * Says whether files and folders whose name begins with a dot are served.
         *
         * @param served default false, and then only {@code .well-known} is
         * @return this
         */
        public Builder dotFiles(boolean served) {
            dotFiles = once("dotFiles", served);
            return this;
        }

        /**
         * Answers with one file where there is none, for an application that has its pages in the browser.
         *
         * @param file its path below the folder, sent with status 200 to clients that accept {@code text/html}
         * @return this
         * @throws IllegalArgumentException if it is no path of a file
         */
        public Builder fallback(String file) {
            for (String part : Objects.requireNonNull(file, "file").split("/", -1)) {
                requireFileName(part, "fallback '" + file + "' (expected: a file below the folder");
            }
            fallback = once("fallback", file);
            return this;
        }

        /**
         * Finishes the options.
         *
         * @return immutable options
         * @throws IllegalStateException if this builder has built them already
         */
        public FilesOptions build() {
            close();
            return new FilesOptions(this);
        }

        private static void requireFileName(String name, String error) {
            if (name.isEmpty()
                    || name.equals(".")
                    || name.startsWith("..")
                    || name.indexOf('/') >= 0
                    || name.indexOf('\\') >= 0) {
                throw new IllegalArgumentException("files: " + error + ", e.g. 'index.html')");
            }
        }

        private static String mediaType(String type) {
            int slash = Objects.requireNonNull(type, "type").indexOf('/');
            if (slash < 1 || slash == type.length() - 1) {
                throw new IllegalArgumentException(
                        "files: contentType '" + type + "' (expected: a media type, e.g. 'text/html;charset=utf-8')");
            }
            Headers.empty().plus("Content-Type", type);
            return type;
        }

        @Override
        String where() {
            return "files";
        }
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http;

import dev.cyanotype.exchange.Headers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
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

    private final List<Consumer<Route.Builder>> ofRoute;
    private final @Nullable String name;
    private final @Nullable Boolean strictSlashes;
    private final @Nullable List<String> index;
    private final @Nullable Function<String, @Nullable Duration> cacheAge;
    private final @Nullable String contentType;
    private final Map<String, String> contentTypes;
    private final boolean precompressed;
    private final boolean dotFiles;
    private final @Nullable String fallback;

    private FilesOptions(Builder builder) {
        this.ofRoute = List.copyOf(builder.ofRoute);
        this.name = builder.name;
        this.strictSlashes = builder.strictSlashes;
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
        route.name(name == null ? "static" : name);
        ofRoute.forEach(option -> option.accept(route));
    }

    /**
     * Whether a trailing slash has to be as written.
     *
     * @return null if unset
     */
    public @Nullable Boolean strictSlashes() {
        return strictSlashes;
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
        return "FilesOptions" + (name == null ? "" : "[name=" + name + "]");
    }

    /** Collects options; each may be set once. Not thread-safe. */
    public static final class Builder {

        private final Map<String, Object> given = new HashMap<>();
        private final List<Consumer<Route.Builder>> ofRoute = new ArrayList<>();
        private final Map<String, String> contentTypes = new LinkedHashMap<>();
        private @Nullable String name;
        private @Nullable Boolean strictSlashes;
        private @Nullable List<String> index;
        private @Nullable Function<String, @Nullable Duration> cacheAge;
        private @Nullable String contentType;
        private boolean precompressed;
        private boolean dotFiles;
        private @Nullable String fallback;
        private boolean built;

        private Builder() {}

        /**
         * Names the route, so that URLs can be built for its files.
         *
         * @param newName a letter or underscore, then letters, digits, underscores and hyphens; default {@code static}
         * @return this
         */
        public Builder name(String newName) {
            name = once("name", newName);
            return this;
        }

        /**
         * Answers only requests for a host.
         *
         * @param newHost a host name without port
         * @return this
         */
        public Builder host(String newHost) {
            return hosts(Objects.requireNonNull(newHost, "host"));
        }

        /**
         * Answers only requests for one of several hosts.
         *
         * @param newHosts host names without port
         * @return this
         * @throws IllegalArgumentException if there is none
         */
        public Builder hosts(String... newHosts) {
            if (newHosts.length == 0) {
                throw new IllegalArgumentException("files: no hosts (expected: one or more)");
            }
            String[] hosts = newHosts.clone();
            once("host", String.join(", ", hosts));
            ofRoute.add(route -> route.hosts(hosts));
            return this;
        }

        /**
         * Answers only requests for a subdomain of the enclosing scope's host.
         *
         * @param newSubdomain put in front of that host
         * @return this
         */
        public Builder subdomain(String newSubdomain) {
            once("subdomain", newSubdomain);
            ofRoute.add(route -> route.subdomain(newSubdomain));
            return this;
        }

        /**
         * Versions the files, whatever their scopes say.
         *
         * @param newVersion 0 or more
         * @return this
         * @throws IllegalArgumentException if it is negative
         */
        public Builder version(int newVersion) {
            once("version", newVersion);
            if (newVersion < 0) {
                throw new IllegalArgumentException("files: version " + newVersion + " (expected: 0 or more)");
            }
            ofRoute.add(route -> route.version(newVersion));
            return this;
        }

        /**
         * Versions the files, whatever their scopes say.
         *
         * @param newVersion such as {@code 1.1} or {@code v2}; a leading {@code v} is dropped
         * @return this
         */
        public Builder version(String newVersion) {
            once("version", newVersion);
            ofRoute.add(route -> route.version(newVersion));
            return this;
        }

        /**
         * Changes what stands before the version.
         *
         * @param newPrefix such as {@code /api/v}; default {@code /v}
         * @return this
         */
        public Builder versionPrefix(String newPrefix) {
            once("versionPrefix", newPrefix);
            ofRoute.add(route -> route.versionPrefix(newPrefix));
            return this;
        }

        /**
         * Says whether a trailing slash has to be as written.
         *
         * @param strict true: a single file is 404 at the other form of its path, and a folder asked for without its
         *     slash is 404 instead of being sent on to it. A folder sends on unless told so here, whatever its scopes say.
         * @return this
         */
        public Builder strictSlashes(boolean strict) {
            strictSlashes = once("strictSlashes", strict);
            return this;
        }

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
            requireOpen();
            built = true;
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

        private <V> V once(String option, V value) {
            requireOpen();
            Objects.requireNonNull(value, option);
            Object old = given.putIfAbsent(option, value);
            if (old != null) {
                boolean shown = !(value instanceof Function);
                throw new IllegalStateException("files: " + option + " was already set"
                        + (shown ? " to '" + old + "', now '" + value + "'" : "") + ". Set it once.");
            }
            return value;
        }

        private void requireOpen() {
            if (built) {
                throw new IllegalStateException("files: already built. Set options before that.");
            }
        }
    }
}

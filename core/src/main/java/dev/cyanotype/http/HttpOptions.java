/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http;

import dev.cyanotype.internal.text.Origin;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the app accepts over HTTP, whatever transport carries it.
 *
 * <p>Immutable and thread-safe. Each limit is also a setting, named beside it.
 *
 * @since 0.1
 */
public final class HttpOptions {

    private final long maxBodyBytes;
    private final long maxUploadBytes;
    private final long maxUploadMemoryBytes;
    private final int maxParts;
    private final int maxUrlLength;
    private final Path temporaryFolder;
    private final @Nullable String origin;

    private HttpOptions(Builder builder) {
        this.maxBodyBytes = builder.maxBodyBytes;
        this.maxUploadBytes = builder.maxUploadBytes;
        this.maxUploadMemoryBytes = builder.maxUploadMemoryBytes;
        this.maxParts = builder.maxParts;
        this.maxUrlLength = builder.maxUrlLength;
        this.temporaryFolder = builder.temporaryFolder;
        this.origin = builder.origin;
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
     * Starts from these options.
     *
     * @return a new builder
     */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.maxBodyBytes = maxBodyBytes;
        builder.maxUploadBytes = maxUploadBytes;
        builder.maxUploadMemoryBytes = maxUploadMemoryBytes;
        builder.maxParts = maxParts;
        builder.maxUrlLength = maxUrlLength;
        builder.temporaryFolder = temporaryFolder;
        builder.origin = origin;
        return builder;
    }

    /**
     * The largest body that is read into memory: JSON, text, bytes, url-encoded forms.
     *
     * @return in bytes
     */
    public long maxBodyBytes() {
        return maxBodyBytes;
    }

    /**
     * The largest body that is streamed: multipart forms and {@link RequestBody#stream()}.
     *
     * @return in bytes
     */
    public long maxUploadBytes() {
        return maxUploadBytes;
    }

    /**
     * The size up to which an upload stays in memory.
     *
     * @return in bytes
     */
    public long maxUploadMemoryBytes() {
        return maxUploadMemoryBytes;
    }

    /**
     * The largest number of fields and files in a multipart form.
     *
     * @return 1 or more
     */
    public int maxParts() {
        return maxParts;
    }

    /**
     * The longest path with its query; what is longer is refused with 414.
     *
     * @return in characters as sent
     */
    public int maxUrlLength() {
        return maxUrlLength;
    }

    /**
     * Where uploads go that are too large for memory.
     *
     * @return an existing folder
     */
    public Path temporaryFolder() {
        return temporaryFolder;
    }

    /**
     * Where clients reach the app: scheme and host of absolute URLs.
     *
     * @return such as {@code https://example.com}, or null if the request says it
     */
    public @Nullable String origin() {
        return origin;
    }

    @Override
    public String toString() {
        return "HttpOptions[maxBodyBytes=" + maxBodyBytes + ", maxUploadBytes=" + maxUploadBytes
                + ", maxUploadMemoryBytes=" + maxUploadMemoryBytes + ", maxParts=" + maxParts + ", maxUrlLength="
                + maxUrlLength + "]";
    }

    /** Collects options; not thread-safe. */
    public static final class Builder {

        private long maxBodyBytes = 1 << 20;
        private long maxUploadBytes = 32L << 20;
        private long maxUploadMemoryBytes = 64 << 10;
        private int maxParts = 1000;
        private int maxUrlLength = 8 << 10;
        private Path temporaryFolder = Path.of(System.getProperty("java.io.tmpdir"));

        private @Nullable String origin;

        private Builder() {}

        /**
         * Limits bodies that are read into memory; setting {@code http.maxBodyBytes}.
         *
         * @param bytes 0 or more; default 1 MiB
         * @return this
         */
        public Builder maxBodyBytes(long bytes) {
            maxBodyBytes = atLeast(0, bytes, "maxBodyBytes");
            return this;
        }

        /**
         * Limits bodies that are streamed; setting {@code http.maxUploadBytes}.
         *
         * @param bytes 0 or more; default 32 MiB
         * @return this
         */
        public Builder maxUploadBytes(long bytes) {
            maxUploadBytes = atLeast(0, bytes, "maxUploadBytes");
            return this;
        }

        /**
         * Limits what one upload takes of the memory; setting {@code http.maxUploadMemoryBytes}.
         *
         * @param bytes 0 or more; default 64 KiB
         * @return this
         */
        public Builder maxUploadMemoryBytes(long bytes) {
            maxUploadMemoryBytes = atLeast(0, bytes, "maxUploadMemoryBytes");
            return this;
        }

        /**
         * Limits the parts of a multipart form; setting {@code http.maxParts}.
         *
         * @param parts 1 or more; default 1000
         * @return this
         */
        public Builder maxParts(int parts) {
            maxParts = (int) atLeast(1, parts, "maxParts");
            return this;
        }

        /**
         * Limits the path with its query; setting {@code http.maxUrlLength}.
         *
         * @param characters as sent, 1 or more; default 8192
         * @return this
         */
        public Builder maxUrlLength(int characters) {
            maxUrlLength = (int) atLeast(1, characters, "maxUrlLength");
            return this;
        }

        /**
         * Says where large uploads go meanwhile.
         *
         * @param folder an existing folder; default the JVM's {@code java.io.tmpdir}
         * @return this
         */
        public Builder temporaryFolder(Path folder) {
            temporaryFolder = Objects.requireNonNull(folder, "folder");
            return this;
        }

        /**
         * Says where clients reach the app, for absolute URLs; setting {@code http.origin}.
         *
         * @param newOrigin such as {@code https://example.com}; default: what each request asks for
         * @return this
         * @throws IllegalArgumentException if it is no scheme, host and perhaps port
         */
        public Builder origin(String newOrigin) {
            Origin.parse(Objects.requireNonNull(newOrigin, "origin"));
            origin = newOrigin;
            return this;
        }

        /**
         * Finishes the options.
         *
         * @return immutable options
         */
        public HttpOptions build() {
            return new HttpOptions(this);
        }

        private static long atLeast(long least, long value, String name) {
            if (value < least) {
                throw new IllegalArgumentException(name + ": " + value + " (expected: >= " + least + ")");
            }
            return value;
        }
    }
}

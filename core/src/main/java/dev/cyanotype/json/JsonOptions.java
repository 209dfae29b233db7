/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.json;

import java.lang.ref.SoftReference;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * How JSON is read and written, and how far a document may go.
 *
 * <p>The limits hold for whatever comes from outside, before any of it reaches a handler. Modules and features of Jackson
 * are set with {@link JacksonAccess}. Immutable and thread-safe. Each limit is also a setting, named beside it.
 *
 * @since 0.1
 */
public final class JsonOptions {

    private final int maxDepth;
    private final int maxStringLength;
    private final long maxDocumentBytes;
    private final @Nullable UnaryOperator<JsonMapper.Builder> mapping;

    /**
     * What apps with these options share: a mapper knows much about types once it has met them, and it takes long to learn. Softly,
     * so that the options do not keep the classes of apps that are gone.
     */
    private volatile SoftReference<JsonMapper> shared = new SoftReference<>(null);

    private JsonOptions(Builder builder) {
        this.maxDepth = builder.maxDepth;
        this.maxStringLength = builder.maxStringLength;
        this.maxDocumentBytes = builder.maxDocumentBytes;
        this.mapping = builder.mapping;
    }

    JsonMapper mapper() {
        if (mapping != null) {
            return JacksonAccess.made(this);
        }
        JsonMapper known = shared.get();
        if (known == null) {
            // Two that are made at once are alike, and it does no harm that one is not shared.
            known = JacksonAccess.made(this);
            shared = new SoftReference<>(known);
        }
        return known;
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
        builder.maxDepth = maxDepth;
        builder.maxStringLength = maxStringLength;
        builder.maxDocumentBytes = maxDocumentBytes;
        builder.mapping = mapping;
        return builder;
    }

    /**
     * How deep arrays and objects may nest.
     *
     * @return 1 or more
     */
    public int maxDepth() {
        return maxDepth;
    }

    /**
     * How long one string or name may be.
     *
     * @return in characters
     */
    public int maxStringLength() {
        return maxStringLength;
    }

    /**
     * How large a document may be.
     *
     * @return in bytes
     */
    public long maxDocumentBytes() {
        return maxDocumentBytes;
    }

    @Nullable
    UnaryOperator<JsonMapper.Builder> mapping() {
        return mapping;
    }

    @Override
    public String toString() {
        return "JsonOptions[maxDepth=" + maxDepth + ", maxStringLength=" + maxStringLength + ", maxDocumentBytes="
                + maxDocumentBytes + "]";
    }

    /** Collects options; not thread-safe. */
    public static final class Builder {

        private int maxDepth = 100;
        private int maxStringLength = 1 << 20;
        private long maxDocumentBytes = 16L << 20;
        private @Nullable UnaryOperator<JsonMapper.Builder> mapping;

        private Builder() {}

        /**
         * Limits how deep arrays and objects nest; setting {@code json.maxDepth}.
         *
         * @param depth 1 or more; default 100
         * @return this
         */
        public Builder maxDepth(int depth) {
            maxDepth = (int) positive(depth, "maxDepth");
            return this;
        }

        /**
         * Limits the length of a string or a name; setting {@code json.maxStringLength}.
         *
         * @param characters 1 or more; default 1 048 576
         * @return this
         */
        public Builder maxStringLength(int characters) {
            maxStringLength = (int) positive(characters, "maxStringLength");
            return this;
        }

        /**
         * Limits the size of a document, beside the limits of the transports; setting {@code json.maxDocumentBytes}.
         *
         * @param bytes 1 or more; default 16 MiB
         * @return this
         */
        public Builder maxDocumentBytes(long bytes) {
            maxDocumentBytes = positive(bytes, "maxDocumentBytes");
            return this;
        }

        Builder mapping(UnaryOperator<JsonMapper.Builder> newMapping) {
            mapping = Objects.requireNonNull(newMapping, "mapping");
            return this;
        }

        /**
         * Finishes the options.
         *
         * @return immutable options
         */
        public JsonOptions build() {
            return new JsonOptions(this);
        }

        private static long positive(long value, String name) {
            if (value < 1) {
                throw new IllegalArgumentException(name + ": " + value + " (expected: >= 1)");
            }
            return value;
        }
    }
}

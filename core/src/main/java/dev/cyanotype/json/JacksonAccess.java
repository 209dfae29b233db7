/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.json;

import java.lang.ref.SoftReference;
import java.util.function.UnaryOperator;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reaches through to Jackson.
 *
 * @since 0.1
 */
public final class JacksonAccess {

    /**
     * What all apps share that have not asked for anything: a mapper knows much about types once it has met them, and it takes
     * long to learn. Softly, so that it does not keep the classes of apps that are gone.
     */
    private static volatile SoftReference<JsonMapper> standard = new SoftReference<>(null);

    private JacksonAccess() {}

    /**
     * Options that set up Jackson further: modules, a naming strategy, other features.
     *
     * @param options the limits
     * @param mapping changes the builder that will make the mapper; called once for each app
     * @return the changed options
     */
    public static JsonOptions customize(JsonOptions options, UnaryOperator<JsonMapper.Builder> mapping) {
        return options.toBuilder().mapping(mapping).build();
    }

    /**
     * The mapper that reads and writes with these options.
     *
     * @param options the options
     * @return a mapper that keeps the limits; a new one unless all is as by default
     */
    public static JsonMapper mapper(JsonOptions options) {
        if (!options.isStandard()) {
            return made(options);
        }
        JsonMapper shared = standard.get();
        if (shared == null) {
            // Two that are made at once are alike, and it does no harm that one is not shared.
            shared = made(options);
            standard = new SoftReference<>(shared);
        }
        return shared;
    }

    private static JsonMapper made(JsonOptions options) {
        StreamReadConstraints constraints = StreamReadConstraints.builder()
                .maxNestingDepth(options.maxDepth())
                .maxStringLength(options.maxStringLength())
                .maxNameLength(Math.min(options.maxStringLength(), StreamReadConstraints.DEFAULT_MAX_NAME_LEN))
                .maxDocumentLength(options.maxDocumentBytes())
                .build();
        JsonMapper.Builder builder = JsonMapper.builder(
                JsonFactory.builder().streamReadConstraints(constraints).build());
        UnaryOperator<JsonMapper.Builder> mapping = options.mapping();
        return (mapping == null ? builder : mapping.apply(builder)).build();
    }
}

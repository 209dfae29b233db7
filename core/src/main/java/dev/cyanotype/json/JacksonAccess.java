/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.json;

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
     * @return a mapper that keeps the limits; a new one if the options are {@linkplain #customize customized}
     */
    public static JsonMapper mapper(JsonOptions options) {
        return options.mapper();
    }

    static JsonMapper made(JsonOptions options) {
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

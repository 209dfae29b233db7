/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.testkit.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A response as it came over the wire.
 *
 * @param status the status
 * @param fields the header fields in their order, each value on its own
 * @param body the body without its transfer coding; empty if there is none
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
public record Answer(int status, List<Field> fields, byte[] body) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * A header field.
     *
     * @param name the name as it came
     * @param value the value without the space around it
     */
    public record Field(String name, String value) {}

    /**
     * The first value of a header field.
     *
     * @param name the field's name in any letter case
     * @return null if there is none
     */
    public @Nullable String header(String name) {
        List<String> values = headers(name);
        return values.isEmpty() ? null : values.get(0);
    }

    /**
     * All values of a header field.
     *
     * @param name the field's name in any letter case
     * @return in their order
     */
    public List<String> headers(String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Field::value)
                .toList();
    }

    /**
     * The body as text in UTF-8.
     *
     * @return empty if there is no body
     */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /**
     * The body as JSON.
     *
     * @return the document
     */
    public JsonNode json() {
        return JSON.readTree(body);
    }

    @Override
    public String toString() {
        return status + " " + fields + " " + text();
    }
}

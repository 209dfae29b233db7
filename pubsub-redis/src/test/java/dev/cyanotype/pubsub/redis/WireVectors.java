/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** The test vectors of the wire, which are files of JSON for programs in other languages, too. */
final class WireVectors {

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private WireVectors() {}

    /** The cases of a file. */
    static List<JsonNode> of(String file) {
        try (InputStream in = Objects.requireNonNull(WireVectors.class.getResourceAsStream("/wire/" + file), file)) {
            List<JsonNode> cases = new ArrayList<>();
            JSON.readTree(in).forEach(cases::add);
            return cases;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The bytes that a case sends: those of {@code hex} or {@code text}, or what is at {@code message} as Python would write it.
     *
     * @param field where the object stands
     */
    static byte[] sent(JsonNode vector, String field) {
        if (vector.has("hex")) {
            return HexFormat.of().parseHex(vector.get("hex").asString());
        }
        if (vector.has("text")) {
            return vector.get("text").asString().getBytes(StandardCharsets.UTF_8);
        }
        return python(vector.get(field)).getBytes(StandardCharsets.UTF_8);
    }

    /** The text that a case expects from the library: no space, and no character escaped that need not be. */
    static String compact(JsonNode expected) {
        return JSON.writeValueAsString(expected);
    }

    static JsonNode read(String text) {
        return JSON.readTree(text);
    }

    static JsonNode text(String text) {
        return JSON.getNodeFactory().stringNode(text);
    }

    /** As Python's {@code json.dumps} writes it. */
    static String python(JsonNode value) {
        if (value.isObject()) {
            return value.properties().stream()
                    .map(entry -> ascii(entry.getKey()) + ": " + python(entry.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (value.isArray()) {
            return value.valueStream().map(WireVectors::python).collect(Collectors.joining(", ", "[", "]"));
        }
        return value.isString() ? ascii(value.stringValue()) : value.toString();
    }

    private static String ascii(String text) {
        StringBuilder ascii = new StringBuilder();
        for (char c : JSON.writeValueAsString(text).toCharArray()) {
            ascii.append(c < 0x80 ? String.valueOf(c) : String.format("\\u%04x", (int) c));
        }
        return ascii.toString();
    }
}

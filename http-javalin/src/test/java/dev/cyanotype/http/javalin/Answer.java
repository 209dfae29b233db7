/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A response as it came over the wire. */
public record Answer(int status, List<Field> fields, byte[] body) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    public record Field(String name, String value) {}

    static Answer of(HttpResponse<byte[]> response) {
        List<Field> fields = new ArrayList<>();
        response.headers().map().forEach((name, values) -> values.forEach(value -> fields.add(new Field(name, value))));
        return new Answer(response.statusCode(), fields, response.body());
    }

    /** The first value of a header field, or null. */
    public String header(String name) {
        List<String> values = headers(name);
        return values.isEmpty() ? null : values.get(0);
    }

    public List<String> headers(String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Field::value)
                .toList();
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    public JsonNode json() {
        return JSON.readTree(body);
    }

    @Override
    public String toString() {
        return status + " " + fields + " " + text();
    }
}

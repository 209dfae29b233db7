/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.stream;

import dev.cyanotype.exchange.BadRequestException;
import dev.cyanotype.spi.MessageJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.util.KeyValue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An entry of a stream as Redis has it.
 *
 * @param id its identifier
 * @param fields names and values in turn; not changed
 */
record Entry(String id, List<byte[]> fields) {

    static final byte[] DATA = "data".getBytes(StandardCharsets.US_ASCII);
    static final byte[] KEY = "key".getBytes(StandardCharsets.US_ASCII);

    /** The value of the first field of a name, or null. */
    byte @Nullable [] field(byte[] name) {
        for (int i = 0; i + 1 < fields.size(); i += 2) {
            if (Arrays.equals(fields.get(i), name)) {
                return fields.get(i + 1);
            }
        }
        return null;
    }

    /** What is the same in each attempt to have one thing done, a character for each byte; or null. */
    @Nullable
    String key() {
        byte[] key = field(KEY);
        return key == null || key.length == 0 ? null : new String(key, StandardCharsets.ISO_8859_1);
    }

    /**
     * What was appended.
     *
     * @throws BadRequestException if it can't be read
     */
    JsonNode value(MessageJson json) {
        byte[] data = field(DATA);
        if (data == null) {
            throw new BadRequestException("the entry has no field 'data'");
        }
        if (json.read(data) instanceof ObjectNode object) {
            return object;
        }
        throw new BadRequestException("the entry is no JSON object");
    }

    static String text(@Nullable Object bytes) {
        return bytes instanceof byte[] known ? new String(known, StandardCharsets.UTF_8) : String.valueOf(bytes);
    }

    static Entry of(String id, @Nullable Object fields) {
        List<byte[]> known = new ArrayList<>();
        if (fields instanceof List<?> list) {
            for (Object field : list) {
                known.add((byte[]) field);
            }
        }
        return new Entry(id, known);
    }

    /** The entries of one stream in a reply of {@code XREADGROUP}, which is another one in RESP3 than in RESP2. */
    static List<Entry> ofOneStream(@Nullable Object reply) {
        if (!(reply instanceof List<?> streams) || streams.isEmpty()) {
            return List.of();
        }
        Object stream = streams.get(0);
        Object entries = stream instanceof KeyValue<?, ?> pair ? pair.getValue() : ((List<?>) stream).get(1);
        List<Entry> all = new ArrayList<>();
        for (Object entry : (List<?>) entries) {
            List<?> parts = (List<?>) entry;
            all.add(of(text(parts.get(0)), parts.get(1)));
        }
        return all;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Entry entry && entry.id.equals(id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return "Entry[" + id + "]";
    }
}

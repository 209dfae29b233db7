/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.stream;

import dev.cyanotype.spi.MessageJson;
import dev.cyanotype.spi.MountedConsumer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes dead letters: {@code data} is what a consumer of dead letters gets, and the other fields say the same to whoever looks
 * with other tools.
 */
final class Letter {

    /** Lua can't pass on more at a time. */
    private static final int MOST_RAW_FIELDS = 1_000;

    private final MountedConsumer consumer;
    private final MessageJson json;

    Letter(MountedConsumer consumer, MessageJson json) {
        this.consumer = consumer;
        this.json = json;
    }

    /**
     * A letter.
     *
     * @param value null for an entry that can't be read, whose fields are kept as they are, each with {@code raw:} before
     *     its name
     * @return names and values in turn
     */
    List<byte[]> write(Entry entry, @Nullable JsonNode value, int deliveries, String reason) {
        ObjectNode letter = JsonNodeFactory.instance
                .objectNode()
                .put("stream", consumer.stream())
                .put("group", consumer.group())
                .put("id", entry.id())
                .put("deliveries", deliveries)
                .put("reason", reason);
        letter.set("entry", value);
        List<byte[]> fields = new ArrayList<>();
        fields.add(Entry.DATA);
        fields.add(json.write(letter));
        add(fields, "reason", reason);
        add(fields, "stream", consumer.stream());
        add(fields, "group", consumer.group());
        add(fields, "id", entry.id());
        add(fields, "deliveries", Integer.toString(deliveries));
        add(fields, "failed_at", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
        if (value == null) {
            List<byte[]> raw = entry.fields();
            for (int i = 0; i + 1 < Math.min(raw.size(), 2 * MOST_RAW_FIELDS); i += 2) {
                fields.add(raw(raw.get(i)));
                fields.add(raw.get(i + 1));
            }
            return fields;
        }
        byte[] key = entry.field(Entry.KEY);
        if (key != null) {
            // Not as 'key', so that no letter is taken for another one of the same key.
            fields.add("entry_key".getBytes(StandardCharsets.US_ASCII));
            fields.add(key);
        }
        return fields;
    }

    private static void add(List<byte[]> fields, String name, String value) {
        fields.add(name.getBytes(StandardCharsets.US_ASCII));
        fields.add(value.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] raw(byte[] name) {
        byte[] prefix = "raw:".getBytes(StandardCharsets.US_ASCII);
        byte[] raw = new byte[prefix.length + name.length];
        System.arraycopy(prefix, 0, raw, 0, prefix.length);
        System.arraycopy(name, 0, raw, prefix.length, name.length);
        return raw;
    }
}

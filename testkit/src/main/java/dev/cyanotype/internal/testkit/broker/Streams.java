/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.testkit.broker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** All streams, with their groups. Thread-safe. */
final class Streams {

    private final Broker broker;
    private final Map<String, Stream> streams = new HashMap<>();
    private long appended;

    /** An entry as it was appended. */
    record Entry(long number, @Nullable String key, JsonNode value) {

        String id() {
            return "0-" + number;
        }
    }

    private static final class Stream {

        private final List<Entry> entries = new ArrayList<>();
        private final Map<String, Group> groups = new LinkedHashMap<>();
    }

    Streams(Broker broker) {
        this.broker = broker;
    }

    /** A group, which begins with the oldest entry if it is new. */
    synchronized Group group(String stream, String name) {
        Stream of = stream(stream);
        Group group = of.groups.get(name);
        if (group == null) {
            Group added = new Group(broker, stream, name);
            of.entries.forEach(added::add);
            of.groups.put(name, added);
            return added;
        }
        return group;
    }

    private Stream stream(String name) {
        return streams.computeIfAbsent(name, any -> new Stream());
    }

    String append(String stream, @Nullable String key, JsonNode value) {
        Entry entry;
        List<Group> groups;
        synchronized (this) {
            appended++;
            Stream of = stream(stream);
            entry = new Entry(appended, key, value.deepCopy());
            of.entries.add(entry);
            // Here, so that all groups have the entries in the order of their identifiers.
            of.groups.values().forEach(group -> group.add(entry));
            groups = List.copyOf(of.groups.values());
        }
        if (!groups.isEmpty()) {
            broker.turns.run(broker, () -> groups.forEach(Group::dispatch));
        }
        return entry.id();
    }
}

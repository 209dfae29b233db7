/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.testkit.broker;

import dev.cyanotype.spi.AppClock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** Sets of who is there, as all replicas see them. Thread-safe. */
final class Presence {

    private final AppClock clock;
    private final Map<String, Map<String, Member>> sets = new HashMap<>();

    private record Member(JsonNode value, long until) {}

    Presence(AppClock clock) {
        this.clock = clock;
    }

    synchronized void put(String set, Map<String, JsonNode> entries, Duration timeToLive) {
        long now = clock.nanoTime();
        long life = Math.min(TimeUnit.NANOSECONDS.convert(timeToLive), Long.MAX_VALUE / 2);
        Map<String, Member> members = sets.computeIfAbsent(set, any -> new LinkedHashMap<>());
        entries.forEach((member, value) -> members.put(member, new Member(value.deepCopy(), now + life)));
        tidy(set);
    }

    synchronized void remove(String set, Collection<String> members) {
        Map<String, Member> all = sets.get(set);
        if (all != null) {
            members.forEach(all::remove);
        }
        tidy(set);
    }

    synchronized Map<String, JsonNode> entries(String set) {
        tidy(set);
        Map<String, JsonNode> entries = new LinkedHashMap<>();
        sets.getOrDefault(set, Map.of()).forEach((member, known) -> entries.put(member, known.value.deepCopy()));
        return entries;
    }

    private void tidy(String set) {
        Map<String, Member> members = sets.get(set);
        if (members != null) {
            long now = clock.nanoTime();
            members.values().removeIf(member -> member.until - now <= 0);
            if (members.isEmpty()) {
                sets.remove(set);
            }
        }
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.bus;

import static java.util.Objects.requireNonNull;

import dev.cyanotype.internal.redis.link.Commands;
import dev.cyanotype.spi.MessageJson;
import dev.cyanotype.spi.PresenceStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import tools.jackson.databind.JsonNode;

/** Keeps who is there in two keys for each set, with a hash tag, so that one node of a cluster has both. Thread-safe. */
final class RedisPresence implements PresenceStore {

    private static final Logger LOG = LoggerFactory.getLogger("dev.cyanotype.redis");

    /** How many members a set is read to have at most. */
    static final int MAX_ENTRIES = 100_000;

    /** How many members one script is given, so that nobody else waits long for Redis. */
    private static final int MOST_MEMBERS = 250;

    private static final int MOST_BYTES = 256 * 1024;
    private static final Duration SHORTEST = Duration.ofMillis(1);

    /** What is longer counts as this, so that Redis can add it to its time. */
    private static final Duration LONGEST = Duration.ofDays(3650);

    /** A set that is put again without end is not read without end. */
    private static final int MOST_PAGES = 2 * MAX_ENTRIES / MOST_MEMBERS;

    private final Commands commands;
    private final Waiting waiting;
    private final MessageJson json;

    RedisPresence(Commands commands, Waiting waiting, MessageJson json) {
        this.commands = commands;
        this.waiting = waiting;
        this.json = json;
    }

    @Override
    public void put(String set, Map<String, JsonNode> entries, Duration timeToLive) {
        Keys keys = keys(set);
        if (timeToLive.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException(
                    "presence in '" + set + "': time to live " + timeToLive + " (expected: 1 ms or more)");
        }
        Duration kept = timeToLive.compareTo(LONGEST) > 0 ? LONGEST : timeToLive;
        byte[] time = bytes(Long.toString(kept.toMillis()));
        List<byte[]> part = new ArrayList<>(List.of(time));
        int bytes = 0;
        for (Map.Entry<String, JsonNode> entry : entries.entrySet()) {
            byte[] member = bytes(requireNonNull(entry.getKey(), "member"));
            byte[] value = json.write(requireNonNull(entry.getValue(), "value"));
            int size = member.length + value.length;
            if (part.size() > 1 && (bytes + size > MOST_BYTES || part.size() > 2 * MOST_MEMBERS)) {
                run("put", keys, PresenceScripts.PUT, part);
                part = new ArrayList<>(List.of(time));
                bytes = 0;
            }
            part.add(member);
            part.add(value);
            bytes += size;
        }
        if (part.size() > 1) {
            run("put", keys, PresenceScripts.PUT, part);
        }
    }

    @Override
    public void remove(String set, Collection<String> members) {
        Keys keys = keys(set);
        List<byte[]> names = members.stream().map(RedisPresence::bytes).toList();
        for (int from = 0; from < names.size(); from += MOST_MEMBERS) {
            run(
                    "remove",
                    keys,
                    PresenceScripts.REMOVE,
                    names.subList(from, Math.min(names.size(), from + MOST_MEMBERS)));
        }
    }

    @Override
    public Map<String, JsonNode> entries(String set) {
        Keys keys = keys(set);
        byte[] most = bytes(Integer.toString(MOST_MEMBERS));
        Map<String, JsonNode> found = new HashMap<>();
        Set<String> unreadable = new TreeSet<>();
        byte[] next = {};
        for (int pages = 0; pages < MOST_PAGES; pages++) {
            List<?> page = (List<?>) run("read", keys, PresenceScripts.PAGE, List.of(next, most));
            for (int i = 1; i + 1 < page.size() && found.size() < MAX_ENTRIES; i += 2) {
                String member = new String((byte[]) page.get(i), StandardCharsets.UTF_8);
                try {
                    found.put(member, json.read((byte[]) page.get(i + 1)));
                } catch (RuntimeException e) {
                    unreadable.add(member);
                }
            }
            next = (byte[]) page.get(0);
            if (next.length == 0 || found.size() >= MAX_ENTRIES) {
                break;
            }
        }
        if (!unreadable.isEmpty()) {
            LOG.warn(
                    "presence in '{}': what was put for {} members can't be read",
                    Printable.of(set),
                    unreadable.size());
        }
        return found;
    }

    private Object run(String what, Keys keys, PresenceScripts script, List<byte[]> arguments) {
        CommandArguments eval = new CommandArguments(Command.EVAL)
                .add(script.text())
                .add(2)
                .add(keys.times())
                .add(keys.values());
        arguments.forEach(eval::add);
        return waiting.await(what + " presence in '" + keys.set() + "'", commands.request(bytes(keys.times()), eval));
    }

    private record Keys(String set, String times, String values) {}

    /** A brace would be an end of the tag, or be taken for one. */
    private Keys keys(String set) {
        waiting.checkOpen("say who is there");
        if (requireNonNull(set, "set").isEmpty()) {
            throw new IllegalArgumentException(
                    "presence: the set has an empty name (expected: at least one character)");
        }
        String tag = set.replace("%", "%25").replace("{", "%7B").replace("}", "%7D");
        String prefix = "cyanotype:presence:{" + tag + "}:";
        return new Keys(set, prefix + "until", prefix + "value");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

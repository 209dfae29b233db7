/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.socket;

import dev.cyanotype.socket.Presence;
import dev.cyanotype.spi.PresenceStore;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who is in which room on all replicas, kept in the store that the replicas share. Thread-safe.
 *
 * <p>What changes is written in order and in the background, so that joining a room does not wait for the store. If that
 * fails, the next renewal puts it right.
 */
final class PresenceBoard {

    private static final Logger LOG = LoggerFactory.getLogger("dev.cyanotype.socket");

    /** How long what a replica has said holds, should it die. */
    static final Duration TIME_TO_LIVE = Duration.ofSeconds(30);

    /**
     * What is to be written.
     *
     * @param entry null for one who has left
     * @param renewal whether that was written before
     */
    private record Change(
            String room, String clientId, @Nullable JsonNode entry, boolean renewal) {}

    /** Null where there are no other replicas. */
    private final @Nullable PresenceStore store;

    private final String app;
    private final String self;
    private final Executor executor;
    private final Queue<Change> changes = new ArrayDeque<>();

    /** What this replica has said, by room and client. */
    private final Map<String, Map<String, JsonNode>> own = new HashMap<>();

    private boolean writing;

    /** How much of the last renewal is still to be written. */
    private int renewals;

    /** Whether the last write failed; only the one thread uses it that writes. */
    private boolean failing;

    PresenceBoard(@Nullable PresenceStore store, String app, String self, Executor executor) {
        this.store = store;
        this.app = app;
        this.self = self;
        this.executor = executor;
    }

    void joined(String room, String clientId, @Nullable JsonNode about) {
        ObjectNode entry = JsonNodeFactory.instance.objectNode().put("replica", self);
        if (about != null) {
            entry.set("about", about);
        }
        change(new Change(room, clientId, entry, false));
    }

    void left(String room, String clientId) {
        change(new Change(room, clientId, null, false));
    }

    private void change(Change change) {
        synchronized (changes) {
            if (change.entry == null) {
                Map<String, JsonNode> members = own.get(change.room);
                if (members != null && members.remove(change.clientId) != null && members.isEmpty()) {
                    own.remove(change.room);
                }
            } else {
                own.computeIfAbsent(change.room, room -> new HashMap<>()).put(change.clientId, change.entry);
            }
            if (store == null) {
                return;
            }
            changes.add(change);
            if (writing) {
                return;
            }
            writing = true;
        }
        write();
    }

    private void write() {
        try {
            executor.execute(this::writeAll);
        } catch (RuntimeException e) {
            synchronized (changes) {
                writing = false;
            }
            LOG.debug("who is in which room could not be written", e);
        }
    }

    private void writeAll() {
        while (true) {
            List<Change> batch = new ArrayList<>();
            synchronized (changes) {
                // Those of one room and kind go together.
                for (Change next = changes.peek(); next != null && goesWith(batch, next); next = changes.peek()) {
                    batch.add(changes.remove());
                    renewals -= next.renewal ? 1 : 0;
                }
                if (batch.isEmpty()) {
                    writing = false;
                    return;
                }
            }
            write(batch);
        }
    }

    private static boolean goesWith(List<Change> batch, Change next) {
        return batch.isEmpty()
                || (batch.get(0).room.equals(next.room) && (batch.get(0).entry == null) == (next.entry == null));
    }

    private void write(List<Change> batch) {
        PresenceStore shared = Objects.requireNonNull(store, "store");
        String room = batch.get(0).room;
        try {
            if (batch.get(0).entry == null) {
                shared.remove(set(room), batch.stream().map(Change::clientId).toList());
            } else {
                Map<String, JsonNode> entries = new HashMap<>();
                for (Change change : batch) {
                    if (change.entry != null) {
                        entries.put(change.clientId, change.entry);
                    }
                }
                shared.put(set(room), entries, TIME_TO_LIVE);
            }
            failing = false;
        } catch (RuntimeException | Error e) {
            if (failing) {
                LOG.debug("who is in room '{}' could not be told to other replicas", room, e);
            } else {
                LOG.warn("who is in room '{}' could not be told to other replicas", room, e);
            }
            failing = true;
        }
    }

    /** Says again who is here, so that it is not forgotten; in its turn, so that nobody who has left comes back. */
    void renew() {
        synchronized (changes) {
            // A store that is slower than the clock would have ever more to write.
            if (store == null || renewals > 0) {
                return;
            }
            own.forEach((room, members) ->
                    members.forEach((clientId, entry) -> changes.add(new Change(room, clientId, entry, true))));
            renewals = own.values().stream().mapToInt(Map::size).sum();
            if (writing || changes.isEmpty()) {
                return;
            }
            writing = true;
        }
        write();
    }

    /** Those in a room: of this replica as they are now, of others as they have said. */
    List<Presence> in(String room) {
        List<Presence> all = new ArrayList<>();
        if (store != null) {
            store.entries(set(room)).forEach((clientId, entry) -> {
                if (!entry.path("replica").stringValue("").equals(self)) {
                    all.add(presence(clientId, entry));
                }
            });
        }
        all.addAll(here(room));
        return all;
    }

    private List<Presence> here(String room) {
        synchronized (changes) {
            return own.getOrDefault(room, Map.of()).entrySet().stream()
                    .map(entry -> presence(entry.getKey(), entry.getValue()))
                    .toList();
        }
    }

    private static Presence presence(String clientId, JsonNode entry) {
        return new Presence(clientId, entry.path("replica").stringValue(""), entry.get("about"));
    }

    private String set(String room) {
        return app + ":" + room;
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.testkit.broker;

import dev.cyanotype.spi.LocalTaskLeases;
import dev.cyanotype.spi.PresenceStore;
import dev.cyanotype.spi.TaskLeases;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the broker keeps beside messages, as one replica reaches it. Thread-safe. */
final class ReplicaStores implements PresenceStore, TaskLeases {

    private static final Duration LEAST = Duration.ofMillis(1);

    /** A century; what is longer can't be told from it. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final Connection connection;
    private final Presence presence;

    ReplicaStores(Connection connection, Presence presence) {
        this.connection = connection;
        this.presence = presence;
    }

    private void checkSet(String set) {
        if (set.isEmpty()) {
            throw new IllegalArgumentException(
                    "presence: the set has an empty name (expected: at least one character)");
        }
        connection.checkOpen("presence in '" + set + "'", "say who is there");
    }

    @Override
    public void put(String set, Map<String, JsonNode> entries, Duration timeToLive) {
        checkSet(set);
        if (timeToLive.compareTo(LEAST) < 0) {
            throw new IllegalArgumentException(
                    "presence in '" + set + "': time to live " + timeToLive + " (expected: 1 ms or more)");
        }
        presence.put(set, entries, timeToLive);
    }

    @Override
    public void remove(String set, Collection<String> members) {
        checkSet(set);
        presence.remove(set, members);
    }

    @Override
    public Map<String, JsonNode> entries(String set) {
        checkSet(set);
        return presence.entries(set);
    }

    private LocalTaskLeases leases(String task) {
        connection.checkOpen("task '" + task + "'", "share tasks");
        if (task.isEmpty()) {
            throw new IllegalArgumentException("task: the name is empty (expected: at least one character)");
        }
        return connection.service().leases();
    }

    private static Duration checked(String task, String what, Duration time) {
        if (time.compareTo(LEAST) < 0) {
            throw new IllegalArgumentException(
                    "task '" + task + "': " + what + " " + time + " (expected: 1 ms or more)");
        }
        return limited(time);
    }

    private static Duration limited(Duration time) {
        return time.compareTo(LONGEST) > 0 ? LONGEST : time;
    }

    @Override
    public Duration plan(String task, Duration first, Duration interval) {
        if (first.isNegative()) {
            throw new IllegalArgumentException(
                    "task '" + task + "': first run after " + first + " (expected: zero or more)");
        }
        return leases(task).plan(task, limited(first), checked(task, "interval", interval));
    }

    @Override
    public Turn begin(String task, String holder, Duration lease, @Nullable Due due) {
        Due known = due;
        if (due != null && due.interval() != null) {
            known = new Due(checked(task, "interval", due.interval()), null);
        } else if (due != null && due.at() != null) {
            // A broker knows milliseconds.
            known = new Due(null, due.at().truncatedTo(ChronoUnit.MILLIS));
        }
        Turn turn = leases(task).begin(task, holder, checked(task, "lease", lease), known);
        if (turn.isGranted()) {
            connection.note("begins task '" + task + "'");
        }
        return turn;
    }

    @Override
    public boolean renew(String task, String holder, Duration lease) {
        return leases(task).renew(task, holder, checked(task, "lease", lease));
    }

    @Override
    public void end(String task, String holder) {
        leases(task).end(task, holder);
        connection.note("has run task '" + task + "'");
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.users;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Users in memory: they are gone when the service stops. Thread-safe. */
public final class UserStore {

    private final Map<String, Entry> users = new ConcurrentHashMap<>();
    private final Clock clock;

    private record Entry(User user, Instant lastActive) {}

    public UserStore(Clock clock) {
        this.clock = clock;
    }

    /** Adds a user under an id that no other has, however many are added in one second. */
    public User add(String email, String name) {
        Instant now = clock.instant();
        User user = new User("user_" + UUID.randomUUID(), email, name, BigDecimal.valueOf(now.toEpochMilli(), 3));
        users.put(user.id(), new Entry(user, now));
        return user;
    }

    /** Finds a user, who counts as active by being asked for. */
    public Optional<User> find(@Nullable String id) {
        return Optional.ofNullable(id)
                .map(known -> users.computeIfPresent(known, (key, entry) -> new Entry(entry.user(), clock.instant())))
                .map(Entry::user);
    }

    /** All users, the oldest first. */
    public List<User> all() {
        return users.values().stream()
                .map(Entry::user)
                .sorted(Comparator.comparing(User::createdAt).thenComparing(User::id))
                .toList();
    }

    /** How many users were created or asked for within a time. */
    public long countActive(Duration time) {
        Instant limit = clock.instant().minus(time);
        return users.values().stream()
                .filter(entry -> !entry.lastActive().isBefore(limit))
                .count();
    }

    /** Removes users who have not been active for a time, and says how many. */
    public int removeInactive(Duration time) {
        Instant limit = clock.instant().minus(time);
        int before = users.size();
        users.values().removeIf(entry -> entry.lastActive().isBefore(limit));
        return before - users.size();
    }
}

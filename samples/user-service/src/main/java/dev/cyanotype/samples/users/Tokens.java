/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.users;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Tokens in memory. Thread-safe.
 *
 * <p>Only their hashes are kept, so a dump of the memory gives no token away, and how long a look-up takes says nothing
 * about how much of a guess is right.
 */
public final class Tokens {

    /** How long a token is good for. */
    public static final Duration LIFETIME = Duration.ofHours(1);

    private static final int TOKEN_BYTES = 32;

    private final Map<String, Entry> byHash = new ConcurrentHashMap<>();
    private final SecureRandom random = new SecureRandom();
    private final Clock clock;

    private record Entry(String userId, Instant expires) {}

    public Tokens(Clock clock) {
        this.clock = clock;
    }

    /** A new token for a user; those that have expired are forgotten. */
    public String issue(String userId) {
        Instant now = clock.instant();
        byHash.values().removeIf(entry -> !entry.expires().isAfter(now));
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        byHash.put(hash(token), new Entry(userId, now.plus(LIFETIME)));
        return token;
    }

    /** Whose token it is, unless it is wrong or has expired. */
    public Optional<String> owner(@Nullable String token) {
        if (token == null) {
            return Optional.empty();
        }
        Entry entry = byHash.get(hash(token));
        return entry != null && entry.expires().isAfter(clock.instant())
                ? Optional.of(entry.userId())
                : Optional.empty();
    }

    private static String hash(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has this algorithm", e);
        }
    }
}

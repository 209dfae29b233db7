/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.bus;

import dev.cyanotype.internal.redis.link.Outlet;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;

/**
 * Sees to it that one replica runs a request: the one whose {@code SET … NX} was first.
 *
 * <p>A claim is kept for a time. A replica that reads a request so late that a claim on it may be gone does not run it. How
 * late that is it knows from its heartbeats: what comes after the echo of one was published after that one was sent. So no
 * request runs twice, however long a replica was frozen, as long as Redis keeps its keys.
 *
 * <p>Thread-safe.
 */
final class Claims {

    private static final byte[] TAKEN = {'1'};
    private static final byte[] NX = "NX".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PX = "PX".getBytes(StandardCharsets.US_ASCII);

    /** How far apart the clocks of two machines may be. */
    private static final Duration SKEW = Duration.ofSeconds(5);

    /** Two equal messages without an identifier in a shorter time count as one. */
    private static final Duration ANONYMOUS = Duration.ofSeconds(3);

    /** No claim is kept longer, whatever the deadline. */
    private static final Duration LONGEST = Duration.ofDays(1);

    /** What is shorter, two callers may come to think of: they may count, or all begin with 1. */
    private static final int SHORTEST_UNIQUE = 16;

    private final Outlet outlet;
    private final String prefix;
    private final Duration life;
    private final InstantSource clock;

    final LongAdder lost = new LongAdder();
    final LongAdder tooOld = new LongAdder();

    /** What becomes of a claim. */
    interface Outcome {

        /** Called on the thread that reads replies, or the calling one. */
        void claimed(boolean won);
    }

    /**
     * For the actions of a service.
     *
     * @param life how long a claim is kept at least
     * @param clock what deadlines go by
     */
    Claims(Outlet outlet, String service, Duration life, InstantSource clock) {
        this.outlet = outlet;
        this.prefix = "cyanotype:{" + service + "}:claim:";
        this.life = life;
        this.clock = clock;
    }

    /**
     * Tries to be the one.
     *
     * @param freshAt the request was published after this, by {@link System#nanoTime()}
     */
    void claim(Envelope.Request request, byte[] message, long freshAt, Outcome outcome) {
        boolean anonymous = request.id().isNull();
        Instant deadline = anonymous ? null : request.deadline();
        Duration limit = anonymous ? ANONYMOUS : life;
        String name = prefix + name(request.textId(), message);
        byte[] key = name.getBytes(StandardCharsets.UTF_8);
        CommandArguments set = new CommandArguments(Protocol.Command.SET)
                .add(key)
                .add(TAKEN)
                .add(NX)
                .add(PX)
                .add(kept(limit, deadline).toMillis());
        if (isTooOld(freshAt, limit, deadline)) {
            tooOld.increment();
            outcome.claimed(false);
            return;
        }
        outlet.send(key, set, (reply, error) -> {
            boolean won = error == null && reply != null;
            if (!won) {
                lost.increment();
            } else if (isTooOld(freshAt, limit, deadline)) {
                tooOld.increment();
                won = false;
            }
            outcome.claimed(won);
        });
    }

    private Duration kept(Duration least, @Nullable Instant deadline) {
        if (deadline == null) {
            return least;
        }
        Duration left = Duration.between(clock.instant(), deadline).plus(SKEW);
        Duration kept = left.compareTo(LONGEST) > 0 ? LONGEST : left;
        return kept.compareTo(least) > 0 ? kept : least;
    }

    private boolean isTooOld(long freshAt, Duration limit, @Nullable Instant deadline) {
        long age = System.nanoTime() - freshAt;
        return age >= limit.toNanos()
                && (deadline == null
                        || age >= LONGEST.toNanos()
                        || !clock.instant().isBefore(deadline));
    }

    /** An identifier that no two callers have, or else the message itself, which all replicas get alike. */
    private static String name(@Nullable String id, byte[] message) {
        if (id == null || id.length() < SHORTEST_UNIQUE) {
            return "message:" + hash(message);
        }
        return id.length() <= 64 ? "id:" + id : "long:" + hash(id.getBytes(StandardCharsets.UTF_8));
    }

    private static String hash(byte[] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has this algorithm", e);
        }
    }
}

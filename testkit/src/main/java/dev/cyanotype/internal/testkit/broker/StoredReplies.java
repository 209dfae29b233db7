/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.testkit.broker;

import dev.cyanotype.spi.AppClock;
import dev.cyanotype.spi.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;

/** The replies to requests with an idempotency key of one service. Thread-safe. */
final class StoredReplies {

    private static final Duration KEPT = Duration.ofHours(24);

    /** How long a request counts as running when nobody says how it went, unless its deadline is later. */
    private static final Duration USUAL_RUN = Duration.ofMinutes(1);

    private final AppClock clock;
    private final Map<Key, Stored> byKey = new HashMap<>();

    private record Key(String action, String key) {}

    /** A reply, or null while the request runs. */
    private record Stored(@Nullable Reply reply, long until) {}

    StoredReplies(AppClock clock) {
        this.clock = clock;
    }

    /** What the caller gets instead of a run; null if this is the run to make. */
    synchronized @Nullable Reply first(String action, String key, @Nullable Instant deadline) {
        Key name = new Key(action, key);
        Stored stored = byKey.get(name);
        if (stored == null || stored.until - clock.nanoTime() <= 0) {
            Duration left = deadline == null ? USUAL_RUN : Duration.between(clock.instant(), deadline);
            byKey.put(name, new Stored(null, until(left.compareTo(USUAL_RUN) > 0 ? left : USUAL_RUN)));
            return null;
        }
        Reply reply = stored.reply;
        return reply == null
                ? new Reply(
                        409,
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("error", "A request with this idempotency key is still running"))
                : new Reply(reply.status(), reply.payload().deepCopy());
    }

    private long until(Duration time) {
        return clock.nanoTime() + (time.compareTo(KEPT) > 0 ? KEPT : time).toNanos();
    }

    /** Keeps a reply, unless it is one that may be better next time. */
    synchronized void keep(String action, String key, Reply reply) {
        Key name = new Key(action, key);
        if (reply.isError() && !reply.isPermanent()) {
            byKey.remove(name);
        } else {
            byKey.put(name, new Stored(new Reply(reply.status(), reply.payload().deepCopy()), until(KEPT)));
        }
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.spi;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Remembers the replies to requests with an idempotency key. Thread-safe. */
final class RecentReplies {

    private static final int MOST = 10_000;

    private final Map<Key, CompletableFuture<Reply>> byKey = new LinkedHashMap<>() {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, CompletableFuture<Reply>> eldest) {
            return size() > MOST;
        }
    };

    /** What is one thing to do. */
    private record Key(String action, String key) {}

    /**
     * The reply that there is for a key, or that of running it.
     *
     * @param run never throws
     */
    CompletableFuture<Reply> get(String action, String idempotencyKey, Supplier<CompletableFuture<Reply>> run) {
        Key key = new Key(action, idempotencyKey);
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        CompletableFuture<Reply> known;
        synchronized (byKey) {
            known = byKey.putIfAbsent(key, reply);
        }
        if (known != null) {
            return known.isDone()
                    ? copied(known)
                    : CompletableFuture.completedFuture(
                            Reply.error(409, "A request with this idempotency key is still running"));
        }
        run.get().whenComplete((value, error) -> {
            if (error != null || (value.isError() && !value.isPermanent())) {
                // What may go well another time may be tried again.
                synchronized (byKey) {
                    byKey.remove(key, reply);
                }
            }
            if (error == null) {
                reply.complete(value);
            } else {
                reply.completeExceptionally(error);
            }
        });
        return copied(reply);
    }

    /** A tree of its own for each caller: what one changes, the others do not see. */
    private static CompletableFuture<Reply> copied(CompletableFuture<Reply> reply) {
        return reply.thenApply(kept -> new Reply(kept.status(), kept.payload().deepCopy()));
    }
}

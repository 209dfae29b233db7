/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.bus;

import dev.cyanotype.internal.json.JsonCodec;
import dev.cyanotype.message.MessagingException;
import dev.cyanotype.spi.AppClock;
import dev.cyanotype.spi.Reply;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/**
 * What all callers of one app share. Thread-safe.
 *
 * @param json encodes and decodes
 * @param executor runs what users hang on to a call, never a transport's own thread
 * @param clock what timeouts and deadlines go by
 * @param limit how many calls may wait for their replies
 * @param free how many more
 * @param awaited the replies that no thread waits for, and so nothing but the clock would end
 */
public record CallPool(
        JsonCodec json, Executor executor, AppClock clock, int limit, Semaphore free, Set<Awaited> awaited) {

    /** A reply that is waited for. */
    static final class Awaited {

        private final CompletableFuture<Reply> reply;

        Awaited(CompletableFuture<Reply> reply) {
            this.reply = reply;
        }

        void end(Exception reason) {
            reply.completeExceptionally(reason);
        }
    }

    public CallPool(JsonCodec json, Executor executor, int limit, AppClock clock) {
        this(json, executor, clock, limit, new Semaphore(limit), ConcurrentHashMap.newKeySet());
    }

    /** Ends the calls that would be left when the app's clock stands still. */
    public void end() {
        if (awaited.isEmpty()) {
            return;
        }
        MessagingException stopped =
                new MessagingException(MessagingException.Reason.UNREACHABLE, "the app has stopped", null);
        awaited.forEach(reply -> reply.end(stopped));
    }
}

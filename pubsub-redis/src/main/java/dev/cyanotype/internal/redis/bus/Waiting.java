/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.bus;

import dev.cyanotype.internal.redis.link.Failures;
import dev.cyanotype.internal.redis.link.LinkConfig;
import dev.cyanotype.message.MessagingException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for replies, on threads that may. Thread-safe. */
final class Waiting {

    private final String app;
    private final Duration most;
    private volatile boolean closed;

    Waiting(String app, LinkConfig config) {
        this.app = app;
        this.most = config.commandTimeout().plus(config.silence().multipliedBy(2));
    }

    /** Refuses everything from now on. */
    void close() {
        closed = true;
    }

    void checkOpen(String what) {
        if (closed) {
            throw new IllegalStateException("app '" + app + "' is stopped, so it can't " + what);
        }
    }

    /** Waits for a reply that comes, or fails, within the time that a silent connection is given. */
    <T> T await(String what, CompletableFuture<T> reply) {
        try {
            return reply.get(most.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw Failures.of(what, Objects.requireNonNull(e.getCause()));
        } catch (TimeoutException e) {
            throw new MessagingException(
                    MessagingException.Reason.UNREACHABLE,
                    what + ": no reply from redis within " + most.toMillis() + " ms",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MessagingException(
                    MessagingException.Reason.OTHER, what + ": the waiting thread was interrupted", e);
        }
    }
}

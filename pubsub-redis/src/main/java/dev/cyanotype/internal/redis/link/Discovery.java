/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.link;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisException;

/** What servers say of one another, asked for when it is first needed. Thread-safe. */
final class Discovery<P> {

    /** Links that connect at the same time do not ask one after the other where nobody answers. */
    private static final long REPEATED = Duration.ofMillis(250).toNanos();

    private final Supplier<P> question;
    private final Consumer<P> end;
    private final Runnable answered;
    private volatile @Nullable P answer;
    private volatile long asked;
    private @Nullable JedisException failure;
    private long failed;
    private boolean closed;

    /**
     * A question.
     *
     * @param end ends an answer, which may keep connections
     * @param answered is run after each answer
     */
    Discovery(Supplier<P> question, Consumer<P> end, Runnable answered) {
        this.question = question;
        this.end = end;
        this.answered = answered;
    }

    /** What is known, or null; returns at once. */
    @Nullable
    P known() {
        return answer;
    }

    /** What is known, or is to be found out now. */
    P get() {
        P known = answer;
        return known == null ? ask() : known;
    }

    private synchronized P ask() {
        if (closed) {
            throw new IllegalStateException("the connection to redis is closed");
        }
        P known = answer;
        if (known != null) {
            return known;
        }
        JedisException last = failure;
        if (last != null && System.nanoTime() - failed < REPEATED) {
            throw last;
        }
        try {
            known = question.get();
        } catch (JedisException e) {
            failure = e;
            failed = System.nanoTime();
            throw e;
        }
        failure = null;
        asked = System.nanoTime();
        answer = known;
        answered.run();
        return known;
    }

    /** Forgets an answer that is older than this. */
    synchronized void forget(long nanos) {
        if (System.nanoTime() - asked > nanos) {
            drop();
        }
    }

    private void drop() {
        P known = answer;
        answer = null;
        if (known != null) {
            end.accept(known);
        }
    }

    synchronized void close() {
        closed = true;
        drop();
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.stream;

import dev.cyanotype.internal.redis.link.Completion;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells Redis what became of entries, again and again until it has heard. Thread-safe. */
final class Settling {

    private static final Logger LOG = LoggerFactory.getLogger("dev.cyanotype.redis");
    private static final long FIRST_MILLIS = 50;
    private static final long MOST_MILLIS = 2_000;

    /** What Redis is told. */
    interface Step {

        void send(Completion completion);
    }

    private final Membership membership;
    private final ScheduledExecutorService timer;
    private volatile @Nullable String failing;
    private volatile boolean closed;

    Settling(Membership membership, ScheduledExecutorService timer) {
        this.membership = membership;
        this.timer = timer;
    }

    /** Whether Redis has heard of all that it was told. */
    boolean isWell() {
        return failing == null;
    }

    /** Has a step done; what comes then is called on a thread that must not block. */
    void settle(Step step, Runnable then) {
        settle(step, then, 0);
    }

    private void settle(Step step, Runnable then, int failures) {
        step.send((reply, error) -> {
            if (error == null || GroupCommands.isVanished(error)) {
                failing = null;
                then.run();
            } else if (!closed) {
                failed(error);
                long most = Math.min(MOST_MILLIS, FIRST_MILLIS << Math.min(failures, 10));
                again(() -> settle(step, then, failures + 1), most);
            }
        });
    }

    private void again(Runnable task, long most) {
        try {
            timer.schedule(task, most / 2 + ThreadLocalRandom.current().nextLong(most / 2 + 1), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // Closed. The entry stays pending, and comes again.
        }
    }

    private void failed(Throwable error) {
        String text = String.valueOf(error.getMessage());
        String kind = text.substring(0, Math.max(0, text.indexOf(' ')));
        if (!kind.equals(failing)) {
            LOG.warn("stream {}: what became of entries can't be noted, and is tried again: {}", membership, text);
        }
        failing = kind;
    }

    void close() {
        closed = true;
    }
}

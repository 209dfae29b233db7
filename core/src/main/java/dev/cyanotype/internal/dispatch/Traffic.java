/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.dispatch;

import dev.cyanotype.internal.concurrent.InFlight;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Counts what is under way from outside, so that a stop can wait for it and say what became of it. Thread-safe. */
public final class Traffic {

    private static final long GLANCE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    /** Requests, from their arrival until the response was sent or given up. */
    final Count http = new Count();

    final Count actions = new Count();
    final Count messages = new Count();
    final Count entries = new Count();

    /** Messages of websockets. */
    final Count frames = new Count();

    private final LongAdder refused = new LongAdder();
    private volatile boolean refusing;

    /** How many have begun and ended; nothing here is shared by requests that run at the same time. */
    static final class Count {

        private final LongAdder begun = new LongAdder();
        private final LongAdder ended = new LongAdder();

        void begin() {
            begun.increment();
        }

        void end() {
            ended.increment();
        }

        /** Counts something that does not fail to begin. */
        <T extends CompletableFuture<?>> T until(Supplier<T> work) {
            begin();
            T end = work.get();
            if (end.isDone()) {
                end();
            } else {
                end.whenComplete((result, error) -> end());
            }
            return end;
        }

        /** Never too low: what ends meanwhile may be counted still. */
        long running() {
            long over = ended.sum();
            return begun.sum() - over;
        }
    }

    /**
     * How much of each kind is under way.
     *
     * @param refused how many requests were refused so far
     */
    public record Snapshot(long requests, long actions, long messages, long entries, long frames, long refused) {}

    /** How much is under way at this moment. */
    public Snapshot snapshot() {
        return new Snapshot(
                http.running(),
                actions.running(),
                messages.running(),
                entries.running(),
                frames.running(),
                refused.sum());
    }

    /** Refuses requests from now on: they can be sent elsewhere. What runs may still set off actions and messages. */
    public void refuseRequests() {
        refusing = true;
    }

    /** Whether requests are refused, so that there is no time for what has no end. */
    boolean isRefusing() {
        return refusing;
    }

    /** Whether a request is refused, which is counted. */
    boolean refuses() {
        if (refusing) {
            refused.increment();
        }
        return refusing;
    }

    /** Waits until nothing is under way; false if something still is when the budget is spent. */
    public boolean awaitNone(Duration budget) throws InterruptedException {
        long deadline = InFlight.deadline(budget);
        while (isAnyRunning()) {
            if (InFlight.left(deadline).isZero()) {
                return false;
            }
            LockSupport.parkNanos(GLANCE_NANOS);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
        return true;
    }

    private boolean isAnyRunning() {
        return http.running() + actions.running() + messages.running() + entries.running() + frames.running() > 0;
    }
}

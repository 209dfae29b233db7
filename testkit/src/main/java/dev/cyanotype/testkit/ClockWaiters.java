/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

import dev.cyanotype.spi.AppClock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/** The threads that wait, in real time, for a clock that others move, or for what comes before. Thread-safe. */
final class ClockWaiters {

    private final TestClock clock;
    private final Agenda agenda;

    /** How long nobody may move the clock while somebody waits. */
    private final Duration patience;

    /** Who waits, and for what. */
    private final Map<Thread, CompletableFuture<?>> awaiting = new ConcurrentHashMap<>();

    /** What a test has to see, other than what a task throws. */
    static final class StuckError extends AssertionError {

        private static final long serialVersionUID = 1L;

        StuckError(String message) {
            super(message);
        }
    }

    ClockWaiters(TestClock clock, Agenda agenda, Duration patience) {
        this.clock = clock;
        this.agenda = agenda;
        this.patience = patience;
    }

    boolean contain(Thread thread) {
        CompletableFuture<?> awaited = awaiting.get(thread);
        return awaited != null && !awaited.isDone();
    }

    /** Blocks the calling thread until something is there, or so much time has passed. */
    <T> T await(CompletableFuture<T> future, Duration timeout)
            throws InterruptedException, ExecutionException, TimeoutException {
        CompletableFuture<Void> over = new CompletableFuture<>();
        Thread waiter = Thread.currentThread();
        AtomicBoolean awake = new AtomicBoolean();
        AppClock.Timeout virtual = agenda.add(timeout, () -> {
            over.complete(null);
            clock.settle(
                    waiter, awake::get, () -> awake.get() && clock.watchers().haveSeenTheEndOf(waiter));
        });
        CompletableFuture<Object> either = CompletableFuture.anyOf(future, over);
        awaiting.put(waiter, either);
        try {
            for (long before = agenda.moves(); !ended(either); before = agenda.moves()) {
                if (before == agenda.moves()) {
                    throw new StuckError(stuck(timeout));
                }
            }
            if (!future.isDone()) {
                throw new TimeoutException();
            }
            return future.get();
        } finally {
            awaiting.remove(waiter);
            awake.set(true);
            virtual.cancel();
        }
    }

    /** Waits in real time; false if that was in vain. */
    private boolean ended(CompletableFuture<?> either) throws InterruptedException {
        try {
            either.get(patience.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            // Whoever waits will see it.
            return true;
        }
    }

    private String stuck(Duration timeout) {
        return ("clock: thread '%s' waits for up to %s at %s, but nobody has moved the clock for %s of real time"
                        + " (expected: another thread advances it). Advance it, or see to what is waited for.")
                .formatted(Thread.currentThread().getName(), timeout, clock.instant(), patience);
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.testkit.real;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is under way within an app, so that a test can wait until nothing is, without waiting for longer.
 *
 * <p>Something is under way while a thread works for the app, and while something is on its way that will make one work. A thread
 * that waits for the clock, or for somebody else, does not count: it goes on when the test does something. Thread-safe.
 */
final class Activity {

    private static final Logger LOG = LoggerFactory.getLogger("dev.cyanotype.testkit");

    /** How long anybody waits while nothing begins or ends. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** How long anybody waits for what sets off something new again and again. */
    private static final Duration PATIENCE_IN_ALL = Duration.ofSeconds(10);

    /** How long a handler counts that has returned and answers later: who completes it may be nobody we know. */
    private static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    /** How often a thread has to be seen waiting, and a while apart, until it is taken to wait for somebody. */
    private static final int SEEN_WAITING = 40;

    /** The same of one that has waited already when something happened that may have woken it. */
    private static final int SEEN_WAITING_STILL = 10;

    private static final long NEVER = -1;

    private static final long GLANCE_NANOS = TimeUnit.MICROSECONDS.toNanos(900);

    /** After so long it is looked whether what is waited for was lost. */
    private static final long LOST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Predicate<Thread> awaitsClock;
    private final Set<Token> open = new LinkedHashSet<>();

    /** Counts what begins and ends. */
    private long changes;

    private boolean closed;
    private Runnable lost = () -> {};

    /** Something that has begun, or will begin, and has not ended. */
    final class Token {

        private final String what;
        private final long since = System.nanoTime();
        private final @Nullable BooleanSupplier condition;
        private final boolean later;

        /** Who does it; null if nobody does yet. */
        private @Nullable Thread thread;

        /** It was waited for in vain. */
        private boolean givenUp;

        private long lookedAt;
        private int seenWaiting;

        /** What had changed when it was found waiting; nothing has woken it since if that is still so. */
        private long waitsSince = NEVER;

        private Token(String what, @Nullable BooleanSupplier condition, boolean later) {
            this.what = what;
            this.condition = condition;
            this.later = later;
        }

        /** Has ended; a second call does nothing. */
        void end() {
            synchronized (Activity.this) {
                if (open.remove(this)) {
                    changed();
                }
            }
        }

        /** The calling thread does it from now on. */
        void beginHere() {
            synchronized (Activity.this) {
                thread = Thread.currentThread();
                changed();
            }
        }

        private boolean isActive() {
            if (givenUp) {
                return false;
            }
            if (condition != null) {
                return condition.getAsBoolean();
            }
            if (later) {
                return System.nanoTime() - since < GRACE_NANOS;
            }
            return thread == null || !rests(thread);
        }

        private boolean rests(Thread worker) {
            if (awaitsClock.test(worker)) {
                return true;
            }
            if (isBusy(worker)) {
                seenWaiting = 0;
                waitsSince = NEVER;
                return false;
            }
            if (waitsSince == changes) {
                return true;
            }
            long now = System.nanoTime();
            if (now - lookedAt >= GLANCE_NANOS) {
                lookedAt = now;
                seenWaiting++;
            }
            if (seenWaiting < SEEN_WAITING) {
                return false;
            }
            // Whatever happens next has to be looked at for a moment only.
            seenWaiting = SEEN_WAITING - SEEN_WAITING_STILL;
            waitsSince = changes;
            return true;
        }
    }

    /**
     * Nothing is under way.
     *
     * @param awaitsClock whether a thread waits for the time to go on
     */
    Activity(Predicate<Thread> awaitsClock) {
        this.awaitsClock = awaitsClock;
    }

    /** Who sleeps wakes by itself. */
    private static boolean isBusy(Thread thread) {
        return switch (thread.getState()) {
            case NEW, RUNNABLE -> true;
            case TIMED_WAITING -> {
                StackTraceElement[] stack = thread.getStackTrace();
                yield stack.length > 0 && isSleep(stack);
            }
            default -> false;
        };
    }

    private static boolean isSleep(StackTraceElement[] stack) {
        for (int i = 0; i < Math.min(stack.length, 4); i++) {
            if (stack[i].getClassName().equals("java.lang.Thread")
                    && stack[i].getMethodName().startsWith("sleep")) {
                return true;
            }
        }
        return false;
    }

    private void changed() {
        changes++;
        notifyAll();
    }

    private synchronized Token add(Token token) {
        if (!closed) {
            open.add(token);
            changed();
        }
        return token;
    }

    /** Something that will come to its end by itself, or be done by a thread that will say so. */
    Token expect(String what) {
        return add(new Token(what, null, false));
    }

    /** Something that counts while a condition holds, which is asked under the lock of this object. */
    Token expectWhile(String what, BooleanSupplier condition) {
        return add(new Token(what, condition, false));
    }

    /** Something that somebody may do later. */
    Token expectLater(String what) {
        return add(new Token(what, null, true));
    }

    /** Something that the calling thread does. */
    Token here(String what) {
        Token token = new Token(what, null, false);
        token.thread = Thread.currentThread();
        return add(token);
    }

    /** Says what finds out about things that will not happen after all. */
    void onImpatience(Runnable task) {
        lost = task;
    }

    /** Something has happened that conditions depend on. */
    synchronized void touch() {
        changed();
    }

    /** Runs on another executor what is counted here. */
    Executor counting(Executor executor) {
        return task -> {
            Token token = expect("work of the executor");
            try {
                executor.execute(() -> {
                    token.beginHere();
                    try {
                        task.run();
                    } finally {
                        token.end();
                    }
                });
            } catch (RuntimeException | Error e) {
                token.end();
                throw e;
            }
        };
    }

    /** Whether a thread works for the app, or waits in the middle of that. */
    synchronized boolean isWorking(Thread thread) {
        return open.stream().anyMatch(token -> token.thread == thread);
    }

    /** Whether nothing is under way; it may take some looks until somebody who waits is known to wait. */
    synchronized boolean isQuiet() {
        return active().isEmpty();
    }

    private List<Token> active() {
        List<Token> active = new ArrayList<>();
        // All of them, because each look counts.
        open.forEach(token -> {
            if (token.isActive()) {
                active.add(token);
            }
        });
        return active;
    }

    /** Waits until nothing is under way. Who works for the app does not wait for it. */
    void settle() {
        synchronized (this) {
            // The test may have woken them, and nobody would know.
            open.forEach(token -> token.waitsSince = NEVER);
        }
        settleFurther();
    }

    /** The same where the test has done nothing since it was last waited. */
    void settleFurther() {
        if (isWorking(Thread.currentThread())) {
            return;
        }
        long begin = System.nanoTime();
        long changed = begin;
        long seen = -1;
        long lookedForLost = begin;
        boolean interrupted = false;
        while (true) {
            synchronized (this) {
                List<Token> active = active();
                if (active.isEmpty() || closed) {
                    break;
                }
                long glance = System.nanoTime();
                if (changes != seen) {
                    seen = changes;
                    changed = glance;
                }
                if (glance - changed > PATIENCE.toNanos() || glance - begin > PATIENCE_IN_ALL.toNanos()) {
                    giveUp(active, glance - begin);
                    break;
                }
                try {
                    wait(1);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            long now = System.nanoTime();
            if (now - lookedForLost > LOST_NANOS) {
                lookedForLost = now;
                lost.run();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void giveUp(List<Token> active, long nanos) {
        active.forEach(token -> token.givenUp = true);
        LOG.warn(
                "after {} ms of real time the test goes on, but this has not come to its end: {}",
                TimeUnit.NANOSECONDS.toMillis(nanos),
                active.stream()
                        .map(token -> token.what + (token.thread == null ? "" : " in thread " + token.thread.getName()))
                        .collect(Collectors.joining(", ")));
    }

    /** Nobody waits any more. */
    synchronized void close() {
        closed = true;
        open.clear();
        changed();
    }
}

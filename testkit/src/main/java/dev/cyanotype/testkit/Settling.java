/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** Waits in real time until a thread has done what it can do now. */
final class Settling {

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /**
     * Who is seen waiting so often waits for somebody, and not just for a lock on its way, or for a processor after it was
     * woken. Counted, because a busy machine holds up who looks as well.
     */
    private static final int SEEN_WAITING = 50;

    private static final int SHOWN_FRAMES = 5;

    private static final long GLANCE_NANOS = TimeUnit.MICROSECONDS.toNanos(20);

    /** Less than it takes to sleep and be woken. */
    private static final long SPIN_NANOS = TimeUnit.MICROSECONDS.toNanos(60);

    /** Most rest again within that time, and others are not held up for longer than they have to be. */
    private static final long EAGER_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final Thread thread;
    private final BooleanSupplier awake;
    private final BooleanSupplier rests;

    Settling(Thread thread, BooleanSupplier awake, BooleanSupplier rests) {
        this.thread = thread;
        this.awake = awake;
        this.rests = rests;
    }

    /** Waits; false if the thread neither rests, nor has ended, nor waits for something else. */
    boolean succeeds(Duration patience) {
        long begin = System.nanoTime();
        int waiting = 0;
        while (thread != Thread.currentThread()) {
            Thread.State state = thread.getState();
            if (rests.getAsBoolean() || state == Thread.State.TERMINATED || waiting > SEEN_WAITING) {
                return true;
            }
            long elapsed = System.nanoTime() - begin;
            if (elapsed > patience.toNanos()) {
                return false;
            }
            if (elapsed < SPIN_NANOS) {
                Thread.onSpinWait();
                continue;
            }
            if (elapsed < EAGER_NANOS) {
                LockSupport.parkNanos(this, GLANCE_NANOS);
                continue;
            }
            boolean busy = state == Thread.State.NEW || state == Thread.State.RUNNABLE || !awake.getAsBoolean();
            waiting = busy ? 0 : waiting + 1;
            LockSupport.parkNanos(this, PAUSE_NANOS);
        }
        return true;
    }

    static String describe(Thread thread, Duration patience) {
        return ("clock: thread '%s' has neither rested nor waited for %s of real time (expected: it does one of both, so that"
                        + " time can go on). It is at%n    %s")
                .formatted(
                        thread.getName(),
                        patience,
                        Arrays.stream(thread.getStackTrace())
                                .limit(SHOWN_FRAMES)
                                .map(StackTraceElement::toString)
                                .collect(Collectors.joining(System.lineSeparator() + "    ")));
    }
}

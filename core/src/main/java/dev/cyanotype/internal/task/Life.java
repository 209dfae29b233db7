/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.task;

import dev.cyanotype.internal.assembly.WorkerOperation;
import dev.cyanotype.internal.dispatch.AppRuntime;
import dev.cyanotype.spi.AppClock;
import dev.cyanotype.task.WorkerContext;
import dev.cyanotype.task.WorkerHandle;
import java.time.Duration;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** What a thread does from its start to its end, restarts included. Thread-safe. */
final class Life extends ScopeContext implements WorkerContext {

    private final String name;
    private final AppClock clock;
    private final Set<CountDownLatch> naps = new HashSet<>();
    private volatile @Nullable Thread thread;
    private boolean ended;
    private boolean restarting;

    /** Whether the thread itself, not one of its helpers, waits for the clock. */
    private volatile boolean resting;

    Life(WorkerOperation operation, AppRuntime runtime, AppClock clock) {
        super(runtime, operation.level());
        this.name = operation.address();
        this.clock = clock;
    }

    void thread(Thread newThread) {
        thread = newThread;
    }

    boolean rests() {
        return resting;
    }

    @Override
    public String thread() {
        return name;
    }

    @Override
    public synchronized boolean running() {
        return !ended;
    }

    @Override
    public boolean sleep(Duration time) {
        Objects.requireNonNull(time, "time");
        if (time.isNegative() || time.isZero()) {
            return running();
        }
        CountDownLatch nap = new CountDownLatch(1);
        boolean own = isOn(Thread.currentThread());
        AppClock.Timeout timeout = clock.schedule(time, () -> wake(nap, own));
        try {
            if (lieDown(nap, own)) {
                nap.await();
            }
        } catch (InterruptedException e) {
            // Nobody interrupts a thread that is to go on.
            end();
        } finally {
            timeout.cancel();
            getUp(nap, own);
        }
        return running();
    }

    private synchronized boolean lieDown(CountDownLatch nap, boolean own) {
        if (ended) {
            return false;
        }
        naps.add(nap);
        resting |= own;
        return true;
    }

    private synchronized void getUp(CountDownLatch nap, boolean own) {
        naps.remove(nap);
        resting &= !own;
    }

    private void wake(CountDownLatch nap, boolean own) {
        getUp(nap, own);
        nap.countDown();
        Thread woken = thread;
        if (own && woken != null) {
            clock.settle(woken, this::rests);
        }
    }

    synchronized void restarting(boolean now) {
        restarting = now;
    }

    boolean isOn(Thread other) {
        return thread == other;
    }

    /** Tells it to end. */
    synchronized void end() {
        ended = true;
        naps.forEach(CountDownLatch::countDown);
    }

    /** Tells it to end, and does not wait until it looks. */
    synchronized void interrupt() {
        end();
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
    }

    synchronized WorkerHandle.State state() {
        return ended
                ? WorkerHandle.State.ENDING
                : restarting ? WorkerHandle.State.RESTARTING : WorkerHandle.State.RUNNING;
    }
}

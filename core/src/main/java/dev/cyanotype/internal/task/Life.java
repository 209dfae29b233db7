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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** What a thread does from its start to its end, restarts included. Thread-safe. */
final class Life extends ScopeContext implements WorkerContext {

    private final String name;
    private final AppClock clock;
    private final Set<Nap> naps = new HashSet<>();
    private final CompletableFuture<Thread> begun = new CompletableFuture<>();
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

    /** Is the life of the calling thread from now on. */
    void begin() {
        Thread current = Thread.currentThread();
        thread = current;
        begun.complete(current);
    }

    /** Is nobody's from now on; the thread may begin another. */
    synchronized void leave() {
        thread = null;
        resting = true;
    }

    /** Whose it is, once it has begun. */
    Thread begun() {
        return begun.join();
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
        Nap nap = new Nap(isOn(Thread.currentThread()));
        AppClock.Timeout timeout = clock.schedule(time, () -> wake(nap));
        try {
            if (lieDown(nap)) {
                nap.over.await();
            }
        } catch (InterruptedException e) {
            // Nobody interrupts a thread that is to go on.
            end();
        } finally {
            nap.awake = true;
            timeout.cancel();
            getUp(nap);
        }
        return running();
    }

    /** One sleep. */
    private static final class Nap {

        /** Whether it is the thread itself that sleeps, not one of its helpers. */
        private final boolean own;

        private final CountDownLatch over = new CountDownLatch(1);
        private volatile boolean awake;

        Nap(boolean own) {
            this.own = own;
        }
    }

    private synchronized boolean lieDown(Nap nap) {
        if (ended) {
            return false;
        }
        naps.add(nap);
        resting |= nap.own;
        return true;
    }

    private synchronized void getUp(Nap nap) {
        naps.remove(nap);
        resting &= !nap.own;
    }

    private void wake(Nap nap) {
        getUp(nap);
        nap.over.countDown();
        Thread woken = thread;
        if (nap.own && woken != null) {
            clock.settle(woken, () -> nap.awake, this::rests);
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
        naps.forEach(nap -> nap.over.countDown());
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

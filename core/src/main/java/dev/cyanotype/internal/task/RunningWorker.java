/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.task;

import dev.cyanotype.internal.assembly.WorkerOperation;
import dev.cyanotype.internal.concurrent.InFlight;
import dev.cyanotype.internal.dispatch.AppRuntime;
import dev.cyanotype.spi.AppClock;
import dev.cyanotype.task.WorkerHandle;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread of a started app. Thread-safe. */
final class RunningWorker implements WorkerHandle {

    private static final Logger LOG = LoggerFactory.getLogger("dev.cyanotype.task");

    private final WorkerOperation operation;
    private final AppRuntime runtime;
    private final AppClock clock;
    private final Executor threads;

    /** What it is doing since it was last started; null before that, and again once it has ended. */
    private @Nullable Life life;

    private State last = State.ENDED;
    private int restarts;
    private @Nullable Throwable failure;
    private boolean closed;

    RunningWorker(WorkerOperation operation, AppRuntime runtime, AppClock clock, Executor threads) {
        this.operation = operation;
        this.runtime = runtime;
        this.clock = clock;
        this.threads = threads;
    }

    @Override
    public String name() {
        return operation.label();
    }

    boolean isManual() {
        return operation.spec().options().isManual();
    }

    @Override
    public boolean start() {
        Life started;
        synchronized (this) {
            if (closed) {
                throw new IllegalStateException("thread '" + name() + "' can't be started, because its app stops");
            }
            if (life != null) {
                return false;
            }
            restarts = 0;
            failure = null;
            started = new Life(operation, runtime, clock);
            life = started;
        }
        try {
            threads.execute(() -> live(started));
        } catch (Throwable e) {
            // The system has no thread to give, but may have one later.
            ended(State.ENDED);
            throw e;
        }
        clock.settle(started.begun(), () -> true, started::rests);
        return true;
    }

    private void live(Life current) {
        State end = State.ENDED;
        current.begin();
        try {
            end = supervise(current);
        } finally {
            current.leave();
            ended(end);
        }
    }

    private synchronized void ended(State end) {
        last = end;
        life = null;
        notifyAll();
    }

    private State supervise(Life current) {
        int inARow = 0;
        while (true) {
            long began = clock.nanoTime();
            try {
                operation.spec().worker().run(current);
                return State.ENDED;
            } catch (Throwable e) {
                // It is as good as any to end.
                Thread.interrupted();
                if (!current.running()) {
                    logEnd(e);
                    return State.ENDED;
                }
                boolean stable = clock.nanoTime() - began
                        >= TimeUnit.NANOSECONDS.convert(
                                operation.spec().options().stableAfter());
                inARow = stable ? 1 : inARow + 1;
                if (!failed(current, e, inARow)) {
                    return State.FAILED;
                }
                if (!current.sleep(operation.spec().options().restartAfter(inARow))) {
                    return State.ENDED;
                }
                current.restarting(false);
            }
        }
    }

    private void logEnd(Throwable e) {
        if (e instanceof InterruptedException) {
            LOG.debug("thread '{}' was interrupted and has ended", name());
        } else {
            LOG.warn("thread '{}' failed while it was told to end", name(), e);
        }
    }

    /** Whether it is started again. */
    private boolean failed(Life current, Throwable e, int inARow) {
        boolean again = inARow <= operation.spec().options().maxRestarts();
        synchronized (this) {
            failure = e;
            if (again) {
                restarts++;
            }
        }
        current.restarting(again);
        if (again) {
            LOG.error(
                    "thread '{}' failed, and is started again in {} ms",
                    name(),
                    operation.spec().options().restartAfter(inARow).toMillis(),
                    e);
        } else {
            LOG.error(
                    "thread '{}' failed {} times in a row, and is not started again. Start it by name once it can work.",
                    name(),
                    inARow,
                    e);
        }
        return again;
    }

    @Override
    public boolean stop(Duration timeout) {
        if (Objects.requireNonNull(timeout, "timeout").isNegative()) {
            throw new IllegalArgumentException(
                    "thread '" + name() + "': stop within " + timeout + " (expected: zero or more)");
        }
        tell();
        try {
            if (awaitEnd(InFlight.deadline(timeout.dividedBy(2)))) {
                return true;
            }
            interrupt();
            return awaitEnd(InFlight.deadline(timeout.dividedBy(2)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return state() != State.ENDING;
        }
    }

    /** Tells it to end, now and for ever. */
    void close() {
        synchronized (this) {
            closed = true;
        }
        tell();
    }

    private void tell() {
        Life current = life();
        if (current != null) {
            current.end();
        }
    }

    /** Tells it to end, and does not wait until it looks. */
    void interrupt() {
        Life current = life();
        if (current != null) {
            current.interrupt();
        }
    }

    boolean isAlive() {
        return life() != null;
    }

    private synchronized @Nullable Life life() {
        return life;
    }

    /**
     * Waits for its end.
     *
     * @param deadline by {@link System#nanoTime()}
     * @return false if the time is over before, or it is this thread that waits
     */
    synchronized boolean awaitEnd(long deadline) throws InterruptedException {
        while (life != null && !life.isOn(Thread.currentThread())) {
            Duration left = InFlight.left(deadline);
            if (left.isZero()) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left.toNanos());
        }
        return life == null;
    }

    @Override
    public synchronized State state() {
        return life == null ? last : life.state();
    }

    @Override
    public synchronized int restarts() {
        return restarts;
    }

    @Override
    public synchronized Optional<Throwable> lastFailure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public String toString() {
        return "thread '" + name() + "'";
    }
}

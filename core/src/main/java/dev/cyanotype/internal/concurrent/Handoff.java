/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.concurrent;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks on an executor, waking one thread for many tasks where they are short.
 *
 * <p>A thread that has ended one task looks for the next before it goes. Another is woken only while none is looking, so
 * that a task that blocks holds up no other one, and a burst of short ones does not cost a wake-up each. Thread-safe.
 */
public final class Handoff implements Executor {

    private final Executor executor;
    private final Queue<Runnable> waiting = new ArrayDeque<>();

    /** How many threads are woken and have not yet looked, or are about to look again. */
    private int looking;

    public Handoff(Executor executor) {
        this.executor = executor;
    }

    @Override
    public void execute(Runnable task) {
        synchronized (waiting) {
            waiting.add(task);
            if (looking > 0) {
                return;
            }
            looking++;
        }
        try {
            executor.execute(this::run);
        } catch (RejectedExecutionException e) {
            if (takeBack(task)) {
                throw e;
            }
        }
    }

    /** Whether a task that no thread could be had for is still waiting; another thread may have taken it. */
    private boolean takeBack(Runnable task) {
        synchronized (waiting) {
            looking--;
            return waiting.remove(task);
        }
    }

    private void run() {
        for (Runnable task = next(); task != null; task = next(task)) {
            try {
                task.run();
            } catch (Throwable e) {
                Thread thread = Thread.currentThread();
                thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
            }
        }
    }

    /** The next task after one that has ended. */
    private @Nullable Runnable next(Runnable ended) {
        synchronized (waiting) {
            looking++;
        }
        return next();
    }

    private @Nullable Runnable next() {
        Runnable task;
        synchronized (waiting) {
            task = waiting.poll();
            looking--;
            if (waiting.isEmpty() || looking > 0) {
                return task;
            }
            looking++;
        }
        // This thread may be busy for long now, so another one looks after the rest.
        try {
            executor.execute(this::run);
        } catch (RejectedExecutionException e) {
            synchronized (waiting) {
                looking--;
            }
        }
        return task;
    }
}

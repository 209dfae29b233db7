/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.concurrent;

import java.util.ArrayDeque;
import java.util.Objects;
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

    /**
     * How many threads are woken and have not yet looked. One counts only once the executor has taken it, for nobody may
     * rely on a thread that never comes; it may have looked by then, and so this is too low for a moment, never too high.
     */
    private int looking;

    public Handoff(Executor executor) {
        this.executor = executor;
    }

    @Override
    public void execute(Runnable task) {
        Objects.requireNonNull(task, "task");
        synchronized (waiting) {
            waiting.add(task);
            if (looking > 0) {
                return;
            }
        }
        try {
            wake();
        } catch (RuntimeException | Error e) {
            synchronized (waiting) {
                if (!waiting.remove(task)) {
                    // Another thread has taken it.
                    return;
                }
            }
            throw e;
        }
    }

    private void wake() {
        executor.execute(this::run);
        synchronized (waiting) {
            looking++;
        }
    }

    private void run() {
        boolean interrupted = false;
        Runnable task = next(true);
        while (task != null) {
            try {
                task.run();
            } catch (Throwable e) {
                report(e);
            }
            task = next(false);
            if (task != null) {
                // The executor would not let one task see that another one was interrupted.
                interrupted |= Thread.interrupted();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private @Nullable Runnable next(boolean woken) {
        Runnable task;
        boolean more;
        synchronized (waiting) {
            if (woken) {
                looking--;
            }
            task = waiting.poll();
            more = !waiting.isEmpty() && looking <= 0;
        }
        if (more) {
            // This thread may be busy for long now, so another one looks after the rest.
            try {
                wake();
            } catch (RejectedExecutionException e) {
                // Then this one does, when it has ended its task.
            } catch (RuntimeException | Error e) {
                report(e);
            }
        }
        return task;
    }

    private static void report(Throwable e) {
        Thread thread = Thread.currentThread();
        try {
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
        } catch (Throwable ignored) {
            // As the JVM does: others are waiting for this thread.
        }
    }
}

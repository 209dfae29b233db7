/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.socket;

import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Does things in order and one at a time, each on a thread that may block. Thread-safe. */
final class Lane {

    private volatile Executor executor;
    private final Consumer<Throwable> failed;

    /** Null while nothing waits. */
    private @Nullable ArrayDeque<Supplier<CompletableFuture<?>>> waiting;

    private boolean running;

    /**
     * With nothing to do.
     *
     * @param failed is told of work that fails after all, and of what waits being lost because the executor takes no more
     */
    Lane(Executor executor, Consumer<Throwable> failed) {
        this.executor = executor;
        this.failed = failed;
    }

    /** Has what begins from now on run by another executor. */
    void executor(Executor newExecutor) {
        executor = newExecutor;
    }

    /**
     * Does something when all before it is done.
     *
     * @param work its future is done when the next may begin; neither fails
     * @throws RuntimeException if the executor takes no work
     */
    void add(Supplier<CompletableFuture<?>> work) {
        synchronized (this) {
            if (waiting == null) {
                waiting = new ArrayDeque<>(4);
            }
            waiting.add(work);
            if (running) {
                return;
            }
            running = true;
        }
        start();
    }

    private void start() {
        try {
            executor.execute(this::run);
        } catch (RuntimeException | Error e) {
            synchronized (this) {
                running = false;
                waiting = null;
            }
            throw e;
        }
    }

    private void run() {
        boolean interrupted = false;
        for (Supplier<CompletableFuture<?>> next = next(); next != null; next = next()) {
            CompletableFuture<?> done = doing(next);
            // What comes next has nothing to do with it, but the executor may want to know.
            interrupted |= Thread.interrupted();
            if (!done.isDone()) {
                done.whenComplete((result, failure) -> goOn());
                break;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private CompletableFuture<?> doing(Supplier<CompletableFuture<?>> work) {
        try {
            return work.get();
        } catch (Throwable e) {
            // What comes behind it would wait for ever.
            failed.accept(e);
            return Conversation.DONE;
        }
    }

    private void goOn() {
        try {
            start();
        } catch (RuntimeException | Error e) {
            failed.accept(e);
        }
    }

    private synchronized @Nullable Supplier<CompletableFuture<?>> next() {
        Supplier<CompletableFuture<?>> next = waiting == null ? null : waiting.poll();
        if (next == null) {
            waiting = null;
            running = false;
        }
        return next;
    }
}

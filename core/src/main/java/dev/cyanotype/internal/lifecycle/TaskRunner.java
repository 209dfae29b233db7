/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.lifecycle;

import dev.cyanotype.internal.assembly.Operation;
import dev.cyanotype.internal.dispatch.AppDispatcher;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Runs periodic tasks: a run starts one interval after the end of the last, so a task never overlaps itself. */
final class TaskRunner implements AutoCloseable {

    private final ScheduledThreadPoolExecutor timer;
    private final Executor executor;
    private final AppDispatcher dispatcher;

    TaskRunner(String app, Executor executor, AppDispatcher dispatcher) {
        this.timer = new ScheduledThreadPoolExecutor(1, Threads.daemons("cyanotype-" + app + "-timer"));
        this.executor = executor;
        this.dispatcher = dispatcher;
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    void start(List<Operation.Task> tasks) {
        tasks.forEach(this::schedule);
    }

    /** Starts no further run. */
    @Override
    public void close() {
        timer.shutdown();
    }

    private void schedule(Operation.Task task) {
        try {
            timer.schedule(
                    () -> executor.execute(() -> {
                        dispatcher.task(task).thenRun(() -> schedule(task));
                    }),
                    task.spec().interval().toNanos(),
                    TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // The app is stopping, so there is no next run.
        }
    }
}

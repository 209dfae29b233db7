/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.lifecycle;

import dev.cyanotype.internal.assembly.Operation;
import dev.cyanotype.internal.concurrent.InFlight;
import dev.cyanotype.internal.dispatch.AppDispatcher;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs periodic tasks: a run starts one interval after the end of the last, so a task never overlaps itself. */
final class TaskRunner implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("dev.cyanotype.task");

    private final ScheduledThreadPoolExecutor timer;
    private final Executor executor;
    private final AppDispatcher dispatcher;
    private final InFlight runs = new InFlight();

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

    /** Waits for the runs under way. */
    void drain(Duration budget) throws InterruptedException {
        runs.awaitNone(budget);
    }

    private void schedule(Operation.Task task) {
        try {
            timer.schedule(
                    () -> begin(task), TimeUnit.NANOSECONDS.convert(task.spec().interval()), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // The app is stopping, so there is no next run.
        }
    }

    private void begin(Operation.Task task) {
        runs.begin();
        try {
            executor.execute(() -> dispatcher.task(task).thenRun(() -> end(task)));
        } catch (RejectedExecutionException e) {
            if (!timer.isShutdown()) {
                LOG.warn("task '{}' is left out this time, because the executor takes no work", task.label(), e);
            }
            end(task);
        }
    }

    private void end(Operation.Task task) {
        runs.end();
        schedule(task);
    }
}

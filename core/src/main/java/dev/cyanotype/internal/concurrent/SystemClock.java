/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.concurrent;

import dev.cyanotype.spi.AppClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The system's time; what is scheduled happens on one thread, which is there from the first time on. */
public final class SystemClock implements AppClock, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("dev.cyanotype");

    private final ScheduledThreadPoolExecutor timer;

    public SystemClock(String app) {
        timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "cyanotype-" + app + "-timer");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public Instant instant() {
        return Instant.now();
    }

    @Override
    public long millis() {
        return System.currentTimeMillis();
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Timeout schedule(Duration delay, Runnable task) {
        try {
            Future<?> future = timer.schedule(
                    () -> {
                        try {
                            task.run();
                        } catch (RuntimeException | Error e) {
                            LOG.error("something that was scheduled failed", e);
                        }
                    },
                    TimeUnit.NANOSECONDS.convert(delay),
                    TimeUnit.NANOSECONDS);
            return () -> future.cancel(false);
        } catch (RejectedExecutionException e) {
            // The app has ended, and its time with it.
            return () -> false;
        }
    }

    /** What has not happened never will. */
    @Override
    public void close() {
        timer.shutdownNow();
    }
}

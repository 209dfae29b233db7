/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.task;

import dev.cyanotype.message.MessagingException;
import dev.cyanotype.spi.AppClock;
import dev.cyanotype.spi.TaskLeases;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lease of one run, renewed until the run ends. Thread-safe. */
final class LeaseHold {

    private static final Logger LOG = LoggerFactory.getLogger("dev.cyanotype.task");

    private final TaskLeases leases;
    private final AppClock clock;
    private final Executor executor;
    private final String task;
    private final String holder;
    private final Duration lease;
    private final Runnable lost;

    private AppClock.@Nullable Timeout renewal;

    /** Goes off before the lease is over: what the task is doing takes its time to end too. */
    private AppClock.@Nullable Timeout guard;

    private boolean ended;

    /**
     * Of a lease that was just given.
     *
     * @param askedAt it was asked for at this time, by {@link AppClock#nanoTime()}
     * @param lost called at most once, when it can't be relied on any more
     */
    LeaseHold(
            TaskLeases leases,
            AppClock clock,
            Executor executor,
            String task,
            String holder,
            Duration lease,
            long askedAt,
            Runnable lost) {
        this.leases = leases;
        this.clock = clock;
        this.executor = executor;
        this.task = task;
        this.holder = holder;
        this.lease = lease;
        this.lost = lost;
        guard(askedAt);
        later();
    }

    private synchronized void guard(long askedAt) {
        if (guard != null) {
            guard.cancel();
        }
        if (!ended) {
            long sure = TimeUnit.NANOSECONDS.convert(lease) / 4 * 3 - (clock.nanoTime() - askedAt);
            guard = clock.schedule(Duration.ofNanos(sure), () -> lose("it could not be renewed in time"));
        }
    }

    private synchronized void later() {
        if (!ended) {
            renewal = clock.schedule(lease.dividedBy(4), this::handOn);
        }
    }

    private void handOn() {
        try {
            executor.execute(this::renew);
        } catch (RejectedExecutionException e) {
            LOG.debug("the lease of task '{}' can't be renewed now", task, e);
            later();
        }
    }

    private void renew() {
        long askedAt = clock.nanoTime();
        try {
            if (!leases.renew(task, holder, lease)) {
                lose("another replica may have it");
                return;
            }
            guard(askedAt);
        } catch (MessagingException | IllegalStateException e) {
            LOG.debug("the lease of task '{}' was not renewed", task, e);
        }
        later();
    }

    private void lose(String why) {
        if (finish()) {
            LOG.warn("task '{}' has lost its lease, because {}: this run is interrupted", task, why);
            lost.run();
        }
    }

    /** Whether it had not ended before. */
    private synchronized boolean finish() {
        boolean first = !ended;
        ended = true;
        if (renewal != null) {
            renewal.cancel();
        }
        if (guard != null) {
            guard.cancel();
        }
        return first;
    }

    /** Gives it back. */
    void end() {
        finish();
        try {
            leases.end(task, holder);
        } catch (MessagingException | IllegalStateException e) {
            LOG.debug("the lease of task '{}' was not given back, so it ends by itself", task, e);
        }
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.task;

import dev.cyanotype.message.MessagingException;
import dev.cyanotype.spi.TaskLeases;
import dev.cyanotype.task.Schedule;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides with the other replicas of the app which of them runs a task. Its methods may block. Thread-safe. */
final class Turns {

    private static final Logger LOG = LoggerFactory.getLogger("dev.cyanotype.task");

    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final int MOST_DOUBLINGS = 6;

    private final String task;
    private final @Nullable Duration interval;
    private final Duration lease;
    private final TaskEnvironment environment;
    private final AtomicLong asked = new AtomicLong();

    /** How often in a row nothing was to be had of the broker. */
    private final AtomicInteger unanswered = new AtomicInteger();

    /**
     * What came of asking for a turn.
     *
     * @param hold what is to be ended with the run, or null if it must not begin
     * @param retryAfter if so, when it makes sense to ask again
     * @param failure why nobody could be asked, or null
     */
    record Answer(
            @Nullable LeaseHold hold,
            Duration retryAfter,
            @Nullable Throwable failure) {}

    /** For a task that one replica runs. */
    Turns(String task, Schedule schedule, Duration lease, TaskEnvironment environment) {
        this.task = task;
        this.interval = schedule.interval().orElse(null);
        // What is left is for asking: nobody is to wait for longer than the lease.
        this.lease = lease.minus(lease.dividedBy(10));
        this.environment = environment;
    }

    /** How long it is to the next run that all replicas have planned, or to this one's first. */
    Duration plan(Duration first) {
        if (interval == null) {
            return first;
        }
        try {
            Duration planned = environment.leases().plan(task, first, interval);
            unanswered.set(0);
            return planned;
        } catch (MessagingException | IllegalStateException e) {
            unanswered(e);
            return first;
        }
    }

    /**
     * Asks for a turn.
     *
     * @param planned whether it is due, and not just wanted
     */
    Answer ask(OneRun run, boolean planned) {
        String holder = environment.replica() + "-" + asked.incrementAndGet();
        long askedAt = environment.clock().nanoTime();
        try {
            TaskLeases.Turn turn = environment.leases().begin(task, holder, lease, planned ? due(run) : null);
            unanswered.set(0);
            if (!turn.isGranted()) {
                return new Answer(null, turn.retryAfter(), null);
            }
            run.fencingToken(turn.fencingToken());
            LeaseHold hold = new LeaseHold(
                    environment.leases(),
                    environment.clock(),
                    environment.executor(),
                    task,
                    holder,
                    lease,
                    askedAt,
                    run::interrupt);
            return new Answer(hold, Duration.ZERO, null);
        } catch (MessagingException | IllegalStateException e) {
            return new Answer(null, unanswered(e), e);
        }
    }

    private TaskLeases.Due due(OneRun run) {
        return interval == null ? new TaskLeases.Due(null, run.due()) : new TaskLeases.Due(interval, null);
    }

    private Duration unanswered(RuntimeException e) {
        int before = unanswered.getAndIncrement();
        if (before == 0) {
            LOG.warn(
                    "task '{}' can't be begun, because it is not known whether another replica runs it: {}",
                    task,
                    e.getMessage());
        }
        return FIRST_RETRY.multipliedBy(1L << Math.min(before, MOST_DOUBLINGS));
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.task;

import dev.cyanotype.spi.AppClock;
import dev.cyanotype.task.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * When a task is due next. Intervals go by the time that only goes on, the calendar by the one that may be set. Not
 * thread-safe.
 */
final class Plan {

    /** A calendar that is set back by up to this much makes nothing due again. */
    private static final Duration REPEATS = Duration.ofHours(1);

    /** How soon it is noticed that the calendar was set. */
    private static final Duration GLANCE = Duration.ofMinutes(1);

    /** Further ones are not counted one by one. */
    private static final int MOST_MISSED = 1000;

    private final Schedule schedule;
    private final AppClock clock;

    /** Null if it goes by the calendar, or by nothing. */
    private final @Nullable Duration interval;

    /** When it is due by the interval. */
    private long dueNanos;

    /** When it is due by the calendar; null if it never is. */
    private @Nullable Instant dueAt;

    /** What the calendar said when that was decided. */
    private Instant decidedAt = Instant.EPOCH;

    /** What is due once more, after a time, because nobody could do it yet; only by the calendar. */
    private @Nullable Instant again;

    private long againNanos;

    private Duration jitter = Duration.ZERO;

    Plan(Schedule schedule, AppClock clock) {
        this.schedule = schedule;
        this.clock = clock;
        this.interval = schedule.interval().orElse(null);
    }

    /** Makes it due for the first time. */
    void start() {
        if (interval == null) {
            decide(clock.instant());
        } else {
            in(schedule.first().orElse(interval));
        }
    }

    /** Makes it due after a time, which needs an interval. */
    void in(Duration delay) {
        dueNanos = clock.nanoTime() + nanos(delay);
        jitter = clock.jitter(schedule.jitter());
    }

    /**
     * Makes what was due at an instant due again, unless it is due otherwise before.
     *
     * @param after zero: there is no use in that
     */
    void retry(Instant due, Duration after) {
        if (interval != null) {
            // Who has it now may be done with it before that.
            in(after.compareTo(interval) < 0 ? after : interval);
        } else if (!after.isZero()) {
            again = due;
            againNanos = clock.nanoTime() + nanos(after);
        }
    }

    /** Whether it is ever due. */
    boolean hasNext() {
        return interval != null || dueAt != null || again != null;
    }

    /** How long until it is due, or is to be asked again; zero or less if it is due. It must be due some time. */
    Duration left() {
        if (interval != null) {
            return Duration.ofNanos(dueNanos - clock.nanoTime()).plus(jitter);
        }
        Duration left = GLANCE;
        if (dueAt != null) {
            Instant now = clock.instant();
            if (now.isBefore(decidedAt.minus(REPEATS))) {
                decide(now);
            }
            left = least(
                    left,
                    Duration.between(now, dueAt == null ? Instant.MAX : dueAt).plus(jitter));
        }
        return again == null ? left : least(left, Duration.ofNanos(againNanos - clock.nanoTime()));
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Whether that time has come. */
    boolean isDue() {
        if (!hasNext()) {
            return false;
        }
        Duration left = left();
        return left.isZero() || left.isNegative();
    }

    /** When that is, or was, by the calendar as it is set now; it must be due some time. */
    Instant due() {
        if (interval != null) {
            return clock.instant().plusNanos(dueNanos - clock.nanoTime());
        }
        return again != null && (dueAt == null || clock.instant().isBefore(dueAt))
                ? again
                : Objects.requireNonNull(dueAt, "dueAt");
    }

    /**
     * Makes what is due now due again at its next time; with a fixed delay that is from now on.
     *
     * @return how many times between its due time and now are left out
     */
    long advance() {
        if (interval == null) {
            return advanceByCalendar();
        }
        if (schedule.isFixedDelay()) {
            in(interval);
            return 0;
        }
        long late = Math.max(0, clock.nanoTime() - dueNanos);
        long missed = late / nanos(interval);
        dueNanos += (missed + 1) * nanos(interval);
        jitter = clock.jitter(schedule.jitter());
        return missed;
    }

    private long advanceByCalendar() {
        again = null;
        Instant now = clock.instant();
        if (dueAt == null || now.isBefore(dueAt)) {
            return 0;
        }
        long missed = -1;
        for (Instant time = dueAt; time != null && !time.isAfter(now) && missed < MOST_MISSED; missed++) {
            time = schedule.next(time).orElse(null);
        }
        decide(now);
        return Math.max(0, missed);
    }

    private void decide(Instant after) {
        decidedAt = after;
        dueAt = schedule.next(after).orElse(null);
        jitter = clock.jitter(schedule.jitter());
    }

    private static long nanos(Duration time) {
        return TimeUnit.NANOSECONDS.convert(time);
    }
}

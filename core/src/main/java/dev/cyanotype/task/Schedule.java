/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.task;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a task runs.
 *
 * <p>A task never overlaps itself: what becomes due while it runs is left out, and of several times that were missed, because
 * the machine was asleep, one is made up for. Immutable and thread-safe: each method gives a changed schedule.
 *
 * @since 0.1
 */
public final class Schedule {

    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final Duration LEAST_INTERVAL = Duration.ofMillis(1);
    private static final Duration LEAST_LEASE = Duration.ofSeconds(1);
    private static final Duration USUAL_LEASE = Duration.ofSeconds(30);

    /** Half of what can be told in nanoseconds, so that sums can be too. */
    private static final Duration LONGEST = Duration.ofDays(365 * 100);

    /** What says when the next run is due. */
    private enum Kind {
        RATE,
        DELAY,
        CRON,
        MANUAL
    }

    private final Kind kind;
    private final @Nullable CronExpression cron;
    private final @Nullable Duration interval;
    private final @Nullable Duration first;
    private final Duration jitter;
    private final @Nullable Duration lease;

    private Schedule(
            Kind kind,
            @Nullable CronExpression cron,
            @Nullable Duration interval,
            @Nullable Duration first,
            Duration jitter,
            @Nullable Duration lease) {
        this.kind = kind;
        this.cron = cron;
        this.interval = interval;
        this.first = first;
        this.jitter = jitter;
        this.lease = lease;
    }

    /**
     * At a fixed rate: each run is due one interval after the one before was, the first one interval after the start.
     *
     * @param interval 1 ms to 100 years
     * @return the schedule
     * @throws IllegalArgumentException if it is shorter or longer
     */
    public static Schedule every(Duration interval) {
        return new Schedule(Kind.RATE, null, interval("interval", interval), null, Duration.ZERO, null);
    }

    /**
     * With a fixed delay: each run is due some time after the one before has ended.
     *
     * @param delay 1 ms to 100 years, also before the first run
     * @return the schedule
     * @throws IllegalArgumentException if it is shorter or longer
     */
    public static Schedule withFixedDelay(Duration delay) {
        return new Schedule(Kind.DELAY, null, interval("delay", delay), null, Duration.ZERO, null);
    }

    /**
     * By the calendar in UTC, as {@link #cron(String, ZoneId)}.
     *
     * @param expression the times
     * @return the schedule
     * @throws IllegalArgumentException if it is no such expression, or never comes
     */
    public static Schedule cron(String expression) {
        return cron(expression, UTC);
    }

    /**
     * By the calendar, at times given as for {@code cron}.
     *
     * <p>With five fields, as in a crontab of Unix: minute, hour, day of the month, month, weekday. Numbers, {@code *}, ranges
     * {@code 1-5}, steps {@code *}{@code /15}, lists {@code 1,15}, names {@code JAN} and {@code MON}; {@code @hourly},
     * {@code @daily}, {@code @midnight}, {@code @weekly}, {@code @monthly}, {@code @yearly} and {@code @annually} alone. If both
     * the day of the month and the weekday are restricted, a day has to be right in one way: {@code 0 0 13 * FRI} comes each
     * 13th and each Friday.
     *
     * <p>With six fields, as in Spring, seconds stand first. Then the day of the month may also be {@code L} (the last),
     * {@code L-3}, {@code LW} (the last that is not at a weekend), or {@code 15W} (the nearest to the 15th that is not); the
     * weekday {@code FRIL} (the last Friday) or {@code FRI#2} (the second); and each of the two {@code ?}, which is {@code *}.
     * If both are restricted, a day has to be right in both ways: {@code 0 0 0 13 * FRI} comes each Friday the 13th.
     *
     * <p>Weekdays are numbered as in Unix, 0 and 7 both being Sunday. Quartz calls Sunday 1: names mean the same everywhere.
     * Only a range of weekdays may go round, {@code SAT-MON}. A day counts as restricted unless it is {@code *} or {@code ?}.
     *
     * <p>Where the clocks are set, what has hours of its own comes once: a time that is left out comes when they are set, several
     * of them once, and a time that is there twice comes the first time. What comes in every hour, such as
     * {@code *}{@code /15 * * * *}, goes on through both as time does.
     *
     * @param expression the times; upper and lower case are the same, except after {@code @}
     * @param zone whose clocks it goes by
     * @return the schedule
     * @throws IllegalArgumentException if it is no such expression, or never comes, as 30 February
     */
    public static Schedule cron(String expression, ZoneId zone) {
        CronExpression cron = new CronExpression(expression, zone);
        return new Schedule(Kind.CRON, cron, null, null, Duration.ZERO, null);
    }

    /**
     * Never by itself, only when it is triggered.
     *
     * @return the schedule
     */
    public static Schedule manual() {
        return new Schedule(Kind.MANUAL, null, null, null, Duration.ZERO, null);
    }

    private static Duration interval(String what, Duration interval) {
        if (Objects.requireNonNull(interval, what).compareTo(LEAST_INTERVAL) < 0 || interval.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("schedule: " + what + " " + interval + " (expected: 1 ms to 100 years)");
        }
        return interval;
    }

    /**
     * Says when the first run is due, instead of after one interval.
     *
     * @param delay from the start of the app, zero to 100 years
     * @return a changed schedule
     * @throws IllegalArgumentException if it is negative or longer
     * @throws IllegalStateException if this schedule has no interval
     */
    public Schedule startingAfter(Duration delay) {
        if (Objects.requireNonNull(delay, "delay").isNegative() || delay.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("schedule: startingAfter " + delay + " (expected: zero to 100 years)");
        }
        if (interval == null) {
            throw new IllegalStateException(
                    "schedule: " + this + " has no interval, so startingAfter means nothing here");
        }
        return new Schedule(kind, cron, interval, delay, jitter, lease);
    }

    /**
     * Delays each run by chance, so that what many do at the same time spreads. It does not move the runs after it.
     *
     * @param most zero or more, and less than the interval if there is one; each run is late by something between zero and this
     * @return a changed schedule
     * @throws IllegalArgumentException if it is negative, or not less than the interval
     * @throws IllegalStateException if this schedule has no times of its own
     */
    public Schedule jitter(Duration most) {
        if (kind == Kind.MANUAL) {
            throw new IllegalStateException("schedule: " + this + " has no times, so jitter means nothing here");
        }
        Duration limit = interval == null ? LONGEST : interval;
        if (Objects.requireNonNull(most, "most").isNegative() || most.compareTo(limit) >= 0) {
            throw new IllegalArgumentException(
                    "schedule: jitter " + most + " (expected: zero or more, and less than " + limit + ")");
        }
        return new Schedule(kind, cron, interval, first, most, lease);
    }

    /**
     * Has each run made by one replica of the app, with a lease of 30 seconds.
     *
     * @return a changed schedule
     * @throws IllegalStateException if this schedule has a fixed delay
     */
    public Schedule onOneReplica() {
        return onOneReplica(USUAL_LEASE);
    }

    /**
     * Has each run made by one replica of the app, whichever comes first. The replicas share the plan: it goes on when they are
     * replaced one after the other. Without a broker this process is the only replica.
     *
     * <p>A replica that runs the task holds a lease and renews it. If it dies meanwhile, the others wait until the lease is over,
     * by the broker's clock. A replica that can't renew it is told by {@link TaskContext#running()} and interrupted; one that is
     * frozen is not, and may go on when it wakes: have what the task writes to refuse a lower
     * {@link TaskContext#fencingToken()} than it has seen.
     *
     * @param newLease how long others wait at most for one that died, 1 s to 100 years
     * @return a changed schedule
     * @throws IllegalArgumentException if it is shorter or longer
     * @throws IllegalStateException if this schedule has a fixed delay, which the replicas can't share
     */
    public Schedule onOneReplica(Duration newLease) {
        if (kind == Kind.DELAY) {
            throw new IllegalStateException(
                    "schedule: " + this + " can't be shared by replicas (expected: every or cron). Use every(…).");
        }
        if (Objects.requireNonNull(newLease, "lease").compareTo(LEAST_LEASE) < 0 || newLease.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("schedule: lease " + newLease + " (expected: 1 s to 100 years)");
        }
        return new Schedule(kind, cron, interval, first, jitter, newLease);
    }

    /**
     * The interval, or the delay between runs.
     *
     * @return empty if the runs do not depend on each other
     */
    public Optional<Duration> interval() {
        return Optional.ofNullable(interval);
    }

    /**
     * The expression it was made of.
     *
     * @return empty unless it goes by the calendar
     */
    public Optional<String> cron() {
        return Optional.ofNullable(cron).map(CronExpression::text);
    }

    /**
     * The time zone of the calendar.
     *
     * @return empty unless it goes by the calendar
     */
    public Optional<ZoneId> zone() {
        return Optional.ofNullable(cron).map(CronExpression::zone);
    }

    /**
     * Whether the interval counts from the end of one run to the next.
     *
     * @return false if it counts from due time to due time, or if there is none
     */
    public boolean isFixedDelay() {
        return kind == Kind.DELAY;
    }

    /**
     * From the start of the app to the first run.
     *
     * @return empty if there is no interval
     */
    public Optional<Duration> first() {
        return Optional.ofNullable(first == null ? interval : first);
    }

    /**
     * By how much each run is late at most.
     *
     * @return zero unless declared otherwise
     */
    public Duration jitter() {
        return jitter;
    }

    /**
     * The lease of the one replica that runs the task.
     *
     * @return empty if each replica does
     */
    public Optional<Duration> lease() {
        return Optional.ofNullable(lease);
    }

    /**
     * The first time by the calendar after an instant.
     *
     * @param after the instant
     * @return empty if this does not go by the calendar, or there is none
     */
    public Optional<Instant> next(Instant after) {
        Objects.requireNonNull(after, "after");
        return cron == null ? Optional.empty() : cron.next(after);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(times());
        if (first != null) {
            text.append(", starting after ").append(first);
        }
        if (!jitter.isZero()) {
            text.append(", late by up to ").append(jitter);
        }
        if (lease != null) {
            text.append(", on one replica with a lease of ").append(lease);
        }
        return text.toString();
    }

    private String times() {
        return switch (kind) {
            case RATE -> "every " + interval;
            case DELAY -> "with a delay of " + interval;
            case CRON -> Objects.requireNonNull(cron).toString();
            case MANUAL -> "manual";
        };
    }
}

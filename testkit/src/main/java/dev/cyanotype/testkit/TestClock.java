/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

import dev.cyanotype.spi.AppClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A time that stands still until a test moves it.
 *
 * <p>What an app has scheduled happens within {@link #advance}, on the thread that calls it: in the order of the times, and of
 * what is due at the same time in the order in which it was scheduled, each when the clock shows its time. What it throws is
 * logged as an error, as it is in production, and the rest happens all the same.
 *
 * <p>It is a {@link Clock} as well, for whatever else goes by time, such as a store of tokens. {@link #jitter} draws the same
 * random numbers in each test. Thread-safe: who advances it while another thread does waits for that one.
 *
 * <pre>{@code
 * TestClock clock = TestClock.create();
 * try (TestApp app = TestApp.of(Auth.app(new TokenStore(clock)), clock)) {
 *     clock.advance(Duration.ofHours(1));
 *     assertThat(app.get("/me")).hasStatus(401);
 * }
 * }</pre>
 *
 * @since 0.1
 */
public final class TestClock extends Clock implements AppClock {

    private static final Logger LOG = LoggerFactory.getLogger("dev.cyanotype.testkit");

    private static final Instant BEGINNING = Instant.parse("2000-01-01T00:00:00Z");
    private static final long SEED = 20_000_101;

    /** How long somebody waits, in real time, for a clock that nobody moves. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Duration settlesWithin;
    private final Agenda agenda = new Agenda();
    private final ClockWaiters waiters;
    private final ClockWatchers watchers = new ClockWatchers();
    private final Random random = new Random(SEED);

    /** Held by whoever moves the clock. */
    private final ReentrantLock moving = new ReentrantLock(true);

    /** Who lets time pass while they wait. */
    private volatile @Nullable Thread driver;

    /** What the calendar shows when no time has passed; moved by {@link #jump}. */
    private Instant origin;

    private TestClock(Instant origin, Duration patience) {
        this.origin = origin;
        this.waiters = new ClockWaiters(this, agenda, patience);
        this.settlesWithin = patience.dividedBy(2);
    }

    /**
     * A clock that shows the beginning of the year 2000, in UTC.
     *
     * @return a new clock
     */
    public static TestClock create() {
        return at(BEGINNING);
    }

    /**
     * A clock that shows a time.
     *
     * @param instant what it shows
     * @return a new clock
     */
    public static TestClock at(Instant instant) {
        return new TestClock(Objects.requireNonNull(instant, "instant"), PATIENCE);
    }

    /**
     * A clock for an app on transports.
     *
     * @param transports what the app is reached by
     * @return at the present with real transports, because other services compare the deadlines of calls with their own time;
     *     else at the beginning of the year 2000
     */
    public static TestClock of(Transports transports) {
        return transports.resolved() == Transports.REAL ? at(Instant.now().truncatedTo(ChronoUnit.MILLIS)) : create();
    }

    /** A clock that gives up sooner on those who wait for it. */
    static TestClock impatient(Duration patience) {
        return new TestClock(BEGINNING, patience);
    }

    /**
     * Lets time pass. What becomes due happens before this returns, also what is scheduled meanwhile for within that time.
     *
     * @param duration zero or more; zero lets happen what is due now
     * @throws IllegalArgumentException if it is negative, or leads more than 292 years on from the beginning
     * @throws IllegalStateException if it is called by something that was scheduled
     * @throws AssertionError if a thread that was started meanwhile neither rests nor waits, see {@link #settle}
     */
    public void advance(Duration duration) {
        if (Objects.requireNonNull(duration, "duration").isNegative()) {
            throw new IllegalArgumentException("clock: advance by " + duration
                    + " (expected: zero or more). Use jump to set the calendar back; time itself only goes on.");
        }
        move(() -> duration);
    }

    /**
     * Lets time pass until the calendar shows an instant.
     *
     * @param instant now or later
     * @throws IllegalArgumentException if it is past, or more than 292 years on from the beginning
     * @throws IllegalStateException if it is called by something that was scheduled
     * @throws AssertionError if a thread that was started meanwhile neither rests nor waits, see {@link #settle}
     */
    public void advanceTo(Instant instant) {
        Objects.requireNonNull(instant, "instant");
        move(() -> {
            Instant now = instant();
            if (instant.isBefore(now)) {
                throw new IllegalArgumentException("clock: advance to " + instant + ", but it is " + now
                        + " already (expected: now or later). Use jump to set the calendar back.");
            }
            return Duration.between(now, instant);
        });
    }

    /** How far it is to be moved, said when it is one's turn to. */
    private interface Way {

        Duration length();
    }

    private void move(Way way) {
        if (moving.isHeldByCurrentThread()) {
            throw new IllegalStateException("clock: advanced by something that it has made happen at " + instant()
                    + " (expected: only the test moves it). Schedule what is to happen later.");
        }
        moving.lock();
        try {
            long target = agenda.target(way.length());
            for (Runnable next = agenda.next(target); next != null; next = agenda.next(target)) {
                run(next);
                watchers.moved();
            }
            watchers.arrived();
        } finally {
            moving.unlock();
        }
    }

    /**
     * Lets time pass as if the code that calls this took so long, such as a task that is slow. What becomes due meanwhile happens
     * when the clock is advanced, or goes on being advanced, and is late then.
     *
     * @param duration zero or more
     * @throws IllegalArgumentException if it is negative, or leads more than 292 years on from the beginning
     */
    public void elapse(Duration duration) {
        if (Objects.requireNonNull(duration, "duration").isNegative()) {
            throw new IllegalArgumentException("clock: elapse " + duration + " (expected: zero or more)");
        }
        agenda.elapse(duration);
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (ClockWaiters.StuckError e) {
            throw e;
        } catch (RuntimeException | Error e) {
            LOG.error("something that was scheduled failed", e);
        }
    }

    /**
     * Sets the calendar, as a person or a time server does: {@link #instant()} changes, but no time has passed, and so nothing
     * happens.
     *
     * @param duration how far, negative to set it back
     */
    public synchronized void jump(Duration duration) {
        origin = origin.plus(Objects.requireNonNull(duration, "duration"));
    }

    /**
     * How much is scheduled that has not happened.
     *
     * @return 0 or more
     */
    public int pending() {
        return agenda.pending();
    }

    /** Whether more is to happen before time goes on. */
    boolean isSomethingDue() {
        return agenda.isSomethingDue();
    }

    @Override
    public synchronized Instant instant() {
        return origin.plusNanos(agenda.nanos());
    }

    @Override
    public long millis() {
        return instant().toEpochMilli();
    }

    @Override
    public long nanoTime() {
        return agenda.nanos();
    }

    /** UTC, unless it was made by {@link #withZone}. */
    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    /** The same time, which goes on with this one's, for those who want to know what it is in a zone. */
    @Override
    public Clock withZone(ZoneId zone) {
        return new ZonedTestClock(this, Objects.requireNonNull(zone, "zone"));
    }

    /**
     * Has something happen later, within {@link #advance}.
     *
     * @param delay from now on; zero or less is now, which {@code advance(Duration.ZERO)} is enough for
     * @param task runs on the thread that advances the clock; what it throws is logged
     * @return takes it back
     */
    @Override
    public Timeout schedule(Duration delay, Runnable task) {
        Objects.requireNonNull(task, "task");
        return agenda.add(Objects.requireNonNull(delay, "delay"), task);
    }

    /** The next of random numbers that are the same in each test. */
    @Override
    public Duration jitter(Duration most) {
        return Duration.ofNanos((long) (random.nextDouble() * TimeUnit.NANOSECONDS.convert(most)));
    }

    /**
     * Blocks until something is there, or the clock was moved so far by another thread.
     *
     * @throws AssertionError if neither happens within 10 s of real time during which nobody moves the clock
     */
    @Override
    public <T> T await(CompletableFuture<T> future, Duration timeout)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (future.isDone()) {
            return future.get();
        }
        if (timeout.isZero() || timeout.isNegative()) {
            throw new TimeoutException();
        }
        return isDriven() ? drive(future, timeout) : waiters.await(future, timeout);
    }

    /**
     * Has time pass whenever a thread waits for something: what comes happens meanwhile, on that thread. For a test that
     * is the only one who moves the clock.
     *
     * @param thread null for none any more
     */
    void drivenBy(@Nullable Thread thread) {
        driver = thread;
    }

    private <T> T drive(CompletableFuture<T> future, Duration timeout) throws ExecutionException, TimeoutException {
        if (!passUntil(future, timeout)) {
            throw new TimeoutException();
        }
        try {
            return future.get();
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody waits for what is there", e);
        }
    }

    /** Lets time pass until something is there; false if there is nothing within a time. Also within what time has set off. */
    boolean passUntil(CompletableFuture<?> future, Duration timeout) {
        moving.lock();
        try {
            long target = agenda.target(timeout);
            while (!future.isDone()) {
                Runnable next = agenda.next(target);
                if (next == null) {
                    return future.isDone();
                }
                run(next);
            }
            return true;
        } finally {
            moving.unlock();
        }
    }

    /** Whether the calling thread lets time pass while it waits. */
    boolean isDriven() {
        return Thread.currentThread() == driver;
    }

    /** Whether a thread waits for the clock, or for what comes before. */
    boolean isAwaitedBy(Thread thread) {
        return waiters.contain(thread);
    }

    /** Those who are told of each step. */
    ClockWatchers watchers() {
        return watchers;
    }

    /**
     * Waits until a thread rests or has ended, or waits for something other than the clock.
     *
     * @throws AssertionError if it has neither rested nor waited for 5 s of real time
     */
    @Override
    public void settle(Thread thread, BooleanSupplier awake, BooleanSupplier rests) {
        if (!new Settling(thread, awake, rests).succeeds(settlesWithin)) {
            throw new ClockWaiters.StuckError(Settling.describe(thread, settlesWithin));
        }
    }

    @Override
    public String toString() {
        return "TestClock[" + instant() + ", " + pending() + " pending]";
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.task;

import dev.cyanotype.internal.assembly.TaskOperation;
import dev.cyanotype.spi.AppClock;
import dev.cyanotype.task.Schedule;
import dev.cyanotype.task.TaskHandle;
import dev.cyanotype.task.TaskRun;
import dev.cyanotype.task.TaskRun.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A task of a started app. Thread-safe. */
final class RunningTask implements TaskHandle {

    private static final Logger LOG = LoggerFactory.getLogger("dev.cyanotype.task");

    private static final long TELL_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final TaskOperation operation;
    private final TaskEnvironment environment;
    private final AppClock clock;
    private final Plan plan;

    /** Null if each replica runs it. */
    private final @Nullable Turns turns;

    private AppClock.@Nullable Timeout timer;

    /** What runs, or asks for its turn. */
    private @Nullable Attempt current;

    /** Who waits for a run that has not begun. */
    private @Nullable CompletableFuture<TaskRun> wanted;

    private boolean paused;
    private boolean closed;
    private @Nullable TaskRun last;
    private long runs;
    private long failures;
    private long missed;

    /** How many missed ones the log does not know of yet. */
    private long untold;

    private @Nullable Long toldAt;

    /**
     * A run, perhaps only to be.
     *
     * @param triggered who waits for it, or null if it is due
     */
    private record Attempt(OneRun run, @Nullable CompletableFuture<TaskRun> triggered) {}

    RunningTask(TaskOperation operation, TaskEnvironment environment) {
        this.operation = operation;
        this.environment = environment;
        this.clock = environment.clock();
        this.plan = new Plan(schedule(), clock);
        this.turns = schedule()
                .lease()
                .map(lease -> new Turns(name(), schedule(), lease, environment))
                .orElse(null);
    }

    @Override
    public String name() {
        return operation.label();
    }

    @Override
    public Schedule schedule() {
        return operation.spec().schedule();
    }

    /** Begins to wait for the first due time. */
    void start() {
        synchronized (this) {
            plan.start();
        }
        Optional<Duration> first = schedule().first();
        if (turns != null && first.isPresent()) {
            // The replicas have planned the next run together, and asking for it may take its time.
            Duration planned = turns.plan(first.get());
            synchronized (this) {
                plan.in(planned);
            }
        }
        await();
    }

    private synchronized void await() {
        if (timer != null) {
            timer.cancel();
        }
        if (!closed && !paused && current == null && plan.hasNext()) {
            timer = clock.schedule(plan.left(), this::ring);
        }
    }

    private void ring() {
        Attempt attempt;
        synchronized (this) {
            if (closed || paused || current != null) {
                return;
            }
            if (!plan.isDue()) {
                await();
                return;
            }
            attempt = new Attempt(new OneRun(plan.due()), null);
            current = attempt;
            if (!schedule().isFixedDelay()) {
                note(plan.advance());
            }
        }
        begin(attempt);
    }

    private void note(long leftOut) {
        missed += leftOut;
        untold += leftOut;
        long now = clock.nanoTime();
        if (untold > 0 && (toldAt == null || now - toldAt >= TELL_NANOS)) {
            LOG.warn(
                    "task '{}' was left out {} times, because a run took too long or the machine was asleep",
                    name(),
                    untold);
            untold = 0;
            toldAt = now;
        }
    }

    private void begin(Attempt attempt) {
        environment.running().begin();
        try {
            environment.executor().execute(() -> ask(attempt));
        } catch (RejectedExecutionException e) {
            LOG.warn("task '{}' is left out this time, because the executor takes no work", name(), e);
            leaveOut(attempt, null, e);
        }
    }

    private void ask(Attempt attempt) {
        if (turns == null) {
            run(attempt, null);
            return;
        }
        Turns.Answer answer = turns.ask(attempt.run(), attempt.triggered() == null);
        if (answer.hold() == null) {
            leaveOut(attempt, answer.retryAfter(), answer.failure());
        } else {
            run(attempt, answer.hold());
        }
    }

    private void run(Attempt attempt, @Nullable LeaseHold hold) {
        long began = clock.nanoTime();
        OneRun run = attempt.run();
        CompletableFuture<@Nullable Throwable> end;
        run.begin();
        try {
            end = environment.dispatcher().task(operation, run);
        } finally {
            run.leave();
        }
        end.thenAccept(failure -> {
            if (hold != null) {
                hold.end();
            }
            ended(
                    attempt,
                    new TaskRun(
                            failure == null ? Result.SUCCEEDED : Result.FAILED,
                            run.due(),
                            Duration.ofNanos(clock.nanoTime() - began),
                            failure));
        });
    }

    private void ended(Attempt attempt, TaskRun result) {
        synchronized (this) {
            last = result;
            runs++;
            if (result.result() == Result.FAILED) {
                failures++;
            }
        }
        next(attempt, result);
    }

    /**
     * Ends an attempt that does not become a run.
     *
     * @param retryAfter when it makes sense to try again, or null at the next due time
     */
    private void leaveOut(Attempt attempt, @Nullable Duration retryAfter, @Nullable Throwable failure) {
        synchronized (this) {
            if (retryAfter != null && attempt.triggered() == null) {
                plan.retry(attempt.run().due(), retryAfter);
            }
        }
        next(attempt, new TaskRun(Result.LEFT_OUT, attempt.run().due(), Duration.ZERO, failure));
    }

    /** Goes on after an attempt. */
    private void next(Attempt attempt, TaskRun result) {
        Attempt follow;
        synchronized (this) {
            if (schedule().isFixedDelay()) {
                plan.advance();
            } else if (result.result() != Result.LEFT_OUT && plan.isDue()) {
                note(1 + plan.advance());
            }
            current = null;
            follow = triggered();
        }
        environment.running().end();
        if (attempt.triggered() != null) {
            attempt.triggered().complete(result);
        }
        if (follow == null) {
            await();
        } else {
            begin(follow);
        }
    }

    /** The run that somebody waits for, if it can begin now. */
    private @Nullable Attempt triggered() {
        if (wanted == null || current != null) {
            return null;
        }
        current = new Attempt(new OneRun(clock.instant()), wanted);
        wanted = null;
        return current;
    }

    @Override
    public CompletableFuture<TaskRun> trigger() {
        CompletableFuture<TaskRun> result;
        Attempt attempt;
        synchronized (this) {
            if (closed) {
                throw new IllegalStateException("task '" + name() + "' can't be triggered, because its app stops");
            }
            if (wanted == null) {
                wanted = new CompletableFuture<>();
            }
            result = wanted.copy();
            attempt = triggered();
        }
        if (attempt != null) {
            begin(attempt);
        }
        return result;
    }

    @Override
    public synchronized void pause() {
        paused = true;
        if (timer != null) {
            timer.cancel();
        }
    }

    @Override
    public void resume() {
        synchronized (this) {
            if (paused && plan.isDue()) {
                plan.advance();
            }
            paused = false;
        }
        await();
    }

    /** Begins no further run, and tells the one under way that it is time to end. */
    void close() {
        CompletableFuture<TaskRun> vain;
        synchronized (this) {
            closed = true;
            if (timer != null) {
                timer.cancel();
            }
            if (current != null) {
                current.run().end();
            }
            vain = wanted;
            wanted = null;
        }
        if (vain != null) {
            vain.complete(new TaskRun(Result.LEFT_OUT, clock.instant(), Duration.ZERO, null));
        }
    }

    /** Interrupts the run under way. */
    synchronized void interrupt() {
        if (current != null) {
            current.run().interrupt();
        }
    }

    @Override
    public synchronized boolean isPaused() {
        return paused;
    }

    @Override
    public synchronized boolean isRunning() {
        return current != null;
    }

    @Override
    public synchronized Optional<Instant> nextRun() {
        boolean unknown = closed
                || paused
                || !plan.hasNext()
                || (current != null && schedule().isFixedDelay());
        return unknown ? Optional.empty() : Optional.of(plan.due());
    }

    @Override
    public synchronized Optional<TaskRun> lastRun() {
        return Optional.ofNullable(last);
    }

    @Override
    public synchronized long runs() {
        return runs;
    }

    @Override
    public synchronized long failures() {
        return failures;
    }

    @Override
    public synchronized long missed() {
        return missed;
    }

    @Override
    public String toString() {
        return "task '" + name() + "'";
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.health;

import dev.cyanotype.health.HealthReport.Component;
import dev.cyanotype.health.HealthReport.Status;
import dev.cyanotype.internal.assembly.MountedCheck;
import dev.cyanotype.spi.AppClock;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A check of an app, which runs at most once at a time. Thread-safe. */
final class RunningCheck {

    private static final Logger LOG = LoggerFactory.getLogger("dev.cyanotype");

    private final String app;
    private final MountedCheck check;
    private final AppClock clock;
    private final Executor executor;
    private @Nullable Run current;
    private Outcome last = Outcome.UP;

    /** What came of a run, or of none. */
    private enum Outcome {
        UP(null),
        UNHEALTHY(null),
        FAILED("failed"),
        TIMED_OUT("timed out"),
        STILL_RUNNING("still running"),
        REFUSED("could not run");

        private final @Nullable String reason;

        Outcome(@Nullable String reason) {
            this.reason = reason;
        }
    }

    RunningCheck(String app, MountedCheck check, AppClock clock, Executor executor) {
        this.app = app;
        this.check = check;
        this.clock = clock;
        this.executor = executor;
    }

    boolean isLive() {
        return check.spec().options().isLive();
    }

    /** Runs it, or waits for the run under way; never fails. */
    CompletableFuture<Component> ask() {
        Run run = new Run();
        Run earlier;
        synchronized (this) {
            earlier = current;
            if (earlier == null) {
                current = run;
            }
        }
        if (earlier == null) {
            run.begin();
            return run.answer.thenApply(this::component);
        }
        return earlier.answer.getNow(Outcome.UP) == Outcome.TIMED_OUT
                ? CompletableFuture.completedFuture(component(Outcome.STILL_RUNNING))
                : earlier.answer.thenApply(this::component);
    }

    private Component component(Outcome outcome) {
        return new Component(
                check.name(),
                outcome == Outcome.UP ? Status.UP : Status.DOWN,
                outcome.reason == null ? Map.of() : Map.of("reason", outcome.reason));
    }

    private synchronized void ended() {
        current = null;
    }

    private synchronized boolean changed(Outcome outcome) {
        boolean changed = last != outcome;
        last = outcome;
        return changed;
    }

    private void tell(Outcome outcome, @Nullable Throwable error) {
        if (!changed(outcome)) {
            return;
        }
        switch (outcome) {
            case UP -> LOG.info("health check '{}' of app '{}' is up again", check.name(), app);
            case FAILED -> LOG.warn("health check '{}' of app '{}' failed", check.name(), app, error);
            case TIMED_OUT ->
                LOG.warn(
                        "health check '{}' of app '{}' has not ended within {}",
                        check.name(),
                        app,
                        check.spec().options().timeout());
            case REFUSED -> LOG.warn("health check '{}' of app '{}' could not run", check.name(), app, error);
            default -> LOG.warn("health check '{}' of app '{}' is down", check.name(), app);
        }
    }

    /** From the moment somebody asks to the end of the check, which may come long after its time is over. */
    private final class Run {

        final CompletableFuture<Outcome> answer = new CompletableFuture<>();
        private boolean answered;

        void begin() {
            AppClock.Timeout timeout = clock.schedule(
                    check.spec().options().timeout(), () -> handOn(() -> answer(Outcome.TIMED_OUT, null)));
            try {
                executor.execute(() -> run(timeout));
            } catch (RuntimeException | Error e) {
                // A thread may be missing only for the moment, and this must not be the last time it is asked.
                end(timeout, Outcome.REFUSED, e);
            }
        }

        private void run(AppClock.Timeout timeout) {
            Outcome outcome;
            Throwable error = null;
            try {
                outcome = check.spec().check().isHealthy() ? Outcome.UP : Outcome.UNHEALTHY;
            } catch (Throwable e) {
                if (e instanceof InterruptedException) {
                    Thread.currentThread().interrupt();
                }
                outcome = Outcome.FAILED;
                error = e;
            }
            end(timeout, outcome, error);
        }

        private void end(AppClock.Timeout timeout, Outcome outcome, @Nullable Throwable error) {
            timeout.cancel();
            ended();
            answer(outcome, error);
        }

        private void answer(Outcome outcome, @Nullable Throwable error) {
            synchronized (this) {
                if (answered) {
                    return;
                }
                answered = true;
            }
            tell(outcome, error);
            answer.complete(outcome);
        }

        /** Others wait for the clock's thread, and what an answer sets off may block. */
        private void handOn(Runnable task) {
            try {
                executor.execute(task);
            } catch (RuntimeException | Error e) {
                task.run();
            }
        }
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.testkit.real;

import dev.cyanotype.spi.AppClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** A clock by which transports try again exactly when they may, so that a test knows when that is. */
final class PunctualClock implements AppClock {

    private final AppClock clock;

    PunctualClock(AppClock clock) {
        this.clock = clock;
    }

    @Override
    public Duration jitter(Duration most) {
        return Duration.ZERO;
    }

    @Override
    public Instant instant() {
        return clock.instant();
    }

    @Override
    public long millis() {
        return clock.millis();
    }

    @Override
    public long nanoTime() {
        return clock.nanoTime();
    }

    @Override
    public Timeout schedule(Duration delay, Runnable task) {
        return clock.schedule(delay, task);
    }

    @Override
    public <T> T await(CompletableFuture<T> future, Duration timeout)
            throws InterruptedException, ExecutionException, TimeoutException {
        return clock.await(future, timeout);
    }

    @Override
    public void settle(Thread thread, BooleanSupplier awake, BooleanSupplier rests) {
        clock.settle(thread, awake, rests);
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.spi;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * The time of another clock, but for what a subclass overrides.
 *
 * <p>For a {@link ForwardingContext} whose transport is to go by a time that differs in one thing: without {@link #jitter jitter},
 * so that a test knows when it tries again, or such that what is scheduled can be counted. What is added to {@link AppClock} later
 * is forwarded, too. As thread-safe as the other clock.
 *
 * @since 0.1
 */
public abstract class ForwardingClock implements AppClock {

    private final AppClock delegate;

    /**
     * Asks the other clock for nothing yet.
     *
     * @param delegate the other clock
     */
    protected ForwardingClock(AppClock delegate) {
        this.delegate = Objects.requireNonNull(delegate, "delegate");
    }

    /**
     * The other clock.
     *
     * @return what this was made with
     */
    protected final AppClock delegate() {
        return delegate;
    }

    @Override
    public Instant instant() {
        return delegate.instant();
    }

    @Override
    public long millis() {
        return delegate.millis();
    }

    @Override
    public long nanoTime() {
        return delegate.nanoTime();
    }

    @Override
    public Timeout schedule(Duration delay, Runnable task) {
        return delegate.schedule(delay, task);
    }

    @Override
    public Duration jitter(Duration most) {
        return delegate.jitter(most);
    }

    @Override
    public <T> T await(CompletableFuture<T> future, Duration timeout)
            throws InterruptedException, ExecutionException, TimeoutException {
        return delegate.await(future, timeout);
    }

    @Override
    public void settle(Thread thread, BooleanSupplier awake, BooleanSupplier rests) {
        delegate.settle(thread, awake, rests);
    }

    @Override
    public String toString() {
        return delegate.toString();
    }
}

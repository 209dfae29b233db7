/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.spi;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What a transport has under way: {@link Transport#drain} waits for it, {@link Transport#close} ends it. Thread-safe.
 *
 * @since 0.1
 */
public final class PendingWork {

    private final Map<Object, CompletableFuture<?>> tracked = new ConcurrentHashMap<>();
    private volatile @Nullable Throwable end;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition none = lock.newCondition();
    private long count;

    /** Nothing is under way. */
    public PendingWork() {}

    /**
     * Counts something as under way until it is completed, by whomever.
     *
     * @param <T> the type of its result
     * @param work what is under way; fails at once if this has {@linkplain #end ended}
     * @return the same
     */
    public <T> CompletableFuture<T> track(CompletableFuture<T> work) {
        Object key = new Object();
        tracked.put(key, Objects.requireNonNull(work, "work"));
        count(1);
        work.whenComplete((value, error) -> {
            tracked.remove(key);
            count(-1);
        });
        Throwable reason = end;
        if (reason != null) {
            work.completeExceptionally(reason);
        }
        return work;
    }

    /**
     * Waits until nothing is under way, or the budget is spent.
     *
     * @param budget how long to wait at most; none if it is not positive
     * @return false if something still is under way
     * @throws InterruptedException if the waiting thread is interrupted
     */
    public boolean awaitNone(Duration budget) throws InterruptedException {
        long left = TimeUnit.NANOSECONDS.convert(budget);
        lock.lock();
        try {
            while (count > 0) {
                if (left <= 0) {
                    return false;
                }
                left = none.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Has all that is tracked fail, now and later.
     *
     * @param reason what it fails with
     */
    public void end(Throwable reason) {
        end = Objects.requireNonNull(reason, "reason");
        tracked.values().forEach(work -> work.completeExceptionally(reason));
    }

    /** Counts what is to be waited for and ends by itself. */
    void count(int change) {
        lock.lock();
        try {
            count += change;
            if (count == 0) {
                none.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }
}

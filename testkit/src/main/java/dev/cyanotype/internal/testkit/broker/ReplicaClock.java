/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.testkit.broker;

import dev.cyanotype.spi.AppClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** The time of one replica, which goes on with that of all until the replica has crashed. Thread-safe. */
public final class ReplicaClock implements AppClock {

    private final AppClock clock;
    private final Dice dice;

    /** What is to happen; taken out when it does. */
    private final Set<Scheduled> waiting = ConcurrentHashMap.newKeySet();

    private volatile boolean crashed;

    /** Something of the replica that is to happen. */
    private final class Scheduled implements Runnable, Timeout {

        private final Runnable task;
        private volatile Timeout timeout = () -> false;

        Scheduled(Runnable task) {
            this.task = task;
        }

        @Override
        public void run() {
            if (waiting.remove(this) && !crashed) {
                task.run();
            }
        }

        @Override
        public boolean cancel() {
            return waiting.remove(this) && timeout.cancel();
        }
    }

    /** The time of a replica that lives. */
    public ReplicaClock(AppClock clock, Dice dice) {
        this.clock = clock;
        this.dice = dice;
    }

    /** Lets nothing happen any more. */
    public void crash() {
        crashed = true;
        waiting.forEach(Scheduled::cancel);
    }

    @Override
    public Instant instant() {
        return clock.instant();
    }

    @Override
    public long nanoTime() {
        return clock.nanoTime();
    }

    @Override
    public Timeout schedule(Duration delay, Runnable task) {
        if (crashed) {
            return () -> false;
        }
        Scheduled added = new Scheduled(task);
        waiting.add(added);
        added.timeout = clock.schedule(delay, added);
        return added;
    }

    @Override
    public Duration jitter(Duration most) {
        return dice.between(Duration.ZERO, most);
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

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.benchmarks.messages;

import dev.cyanotype.testkit.TestRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Keeps so many operations in flight, and measures them. */
final class Load {

    /** An operation that ends when it returns. */
    interface Operation {

        void run() throws Exception;
    }

    /** One that begins with the load, repeats its operation by itself, and tells each time how long it took. */
    interface Repeated {

        void repeat(Lane lane);
    }

    /** One of the operations in flight, which is followed by the next. */
    static final class Lane {

        private final Load load;
        private final Latencies latencies = new Latencies();

        private Lane(Load load) {
            this.load = load;
        }

        /** Counts an operation that began then, and is over now. */
        void count(long began) {
            long now = System.nanoTime();
            if (load.counting) {
                latencies.add(now - began);
            }
        }

        boolean isOver() {
            return load.over;
        }

        /** Ends the lane. */
        void end() {
            load.ended.countDown();
        }

        /** Ends the lane, and the run. */
        void fail(Throwable error) {
            load.failure = error;
            load.over = true;
            end();
        }
    }

    private final List<Lane> lanes = new ArrayList<>();
    private final CountDownLatch ended;
    private volatile boolean counting;
    private volatile boolean over;
    private volatile Throwable failure;

    private Load(int inFlight) {
        this.ended = new CountDownLatch(inFlight);
        for (int i = 0; i < inFlight; i++) {
            lanes.add(new Lane(this));
        }
    }

    /** Runs an operation on a thread for each that is in flight. */
    static Repeated onThreads(Operation operation) {
        return onOwnThreads(() -> operation);
    }

    /** The same with an operation for each thread. */
    static Repeated onOwnThreads(Supplier<Operation> operation) {
        return lane -> {
            Operation own = operation.get();
            new Thread(() -> loop(own, lane)).start();
        };
    }

    private static void loop(Operation operation, Lane lane) {
        try {
            while (!lane.isOver()) {
                long began = System.nanoTime();
                operation.run();
                lane.count(began);
            }
            lane.end();
        } catch (Exception e) {
            lane.fail(e);
        }
    }

    /** Begins an operation when the one before has ended, on the thread that ended it. */
    static Repeated chained(Supplier<? extends CompletableFuture<?>> operation) {
        return lane -> next(operation, lane);
    }

    private static void next(Supplier<? extends CompletableFuture<?>> operation, Lane lane) {
        while (!lane.isOver()) {
            long began = System.nanoTime();
            CompletableFuture<?> future = operation.get();
            if (!future.isDone()) {
                future.whenComplete((result, error) -> {
                    if (error != null) {
                        lane.fail(error);
                    } else {
                        lane.count(began);
                        next(operation, lane);
                    }
                });
                return;
            }
            future.join();
            lane.count(began);
        }
        lane.end();
    }

    /**
     * Measures.
     *
     * @param settling how long it runs before
     * @param measured how long it is measured
     */
    static Figures measure(int inFlight, Repeated repeated, TestRedis redis, Duration settling, Duration measured)
            throws InterruptedException {
        Load load = new Load(inFlight);
        load.lanes.forEach(repeated::repeat);
        Thread.sleep(settling.toMillis());
        Usage from = Usage.now(redis);
        load.counting = true;
        Thread.sleep(measured.toMillis());
        load.counting = false;
        Usage to = Usage.now(redis);
        load.over = true;
        boolean inTime = load.ended.await(20, TimeUnit.SECONDS);
        if (load.failure != null) {
            throw new IllegalStateException("an operation failed", load.failure);
        }
        if (!inTime) {
            throw new IllegalStateException(load.ended.getCount() + " operations did not end");
        }
        Latencies all = new Latencies();
        load.lanes.forEach(lane -> all.addAll(lane.latencies));
        return Usage.figures(from, to, all);
    }
}

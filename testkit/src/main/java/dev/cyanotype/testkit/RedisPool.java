/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The servers that apps on real transports use in tests: each has one of its own, and the next one gets it empty. They end with the
 * JVM. Thread-safe.
 */
final class RedisPool {

    static final RedisPool OF_THIS_JVM = new RedisPool();

    private static final String VARIABLE = "REDIS_URL";
    private static final long PATIENCE_SECONDS = 30;

    private final Deque<TestRedis> free = new ArrayDeque<>();

    /** Who uses the one of {@code REDIS_URL}. */
    private final Semaphore outside = new Semaphore(1, true);

    /** A server that is somebody's own until it is given back. */
    interface Lease extends AutoCloseable {

        String url();

        @Override
        void close();
    }

    private record Owned(TestRedis redis, Runnable back) implements Lease {

        @Override
        public String url() {
            return redis.url();
        }

        @Override
        public void close() {
            back.run();
        }
    }

    /** A server that is empty. */
    Lease lease() {
        TestRedis redis = taken();
        return new Owned(redis, () -> give(redis));
    }

    private TestRedis taken() {
        for (TestRedis redis = poll(); redis != null; redis = poll()) {
            try {
                redis.command("FLUSHALL");
                return redis;
            } catch (RuntimeException e) {
                // Somebody has ended it, or it does not answer.
                redis.close();
            }
        }
        return TestRedis.start();
    }

    private synchronized @Nullable TestRedis poll() {
        return free.pollLast();
    }

    private synchronized void give(TestRedis redis) {
        free.addLast(redis);
    }

    /** Whether the environment names a server. */
    static boolean isNamedOutside() {
        String url = System.getenv(VARIABLE);
        return url != null && !url.isBlank();
    }

    /** The server that the environment names, as it is, once nobody else uses it. */
    Lease leaseOutside() {
        String url = Objects.requireNonNull(System.getenv(VARIABLE), VARIABLE);
        boolean mine;
        try {
            mine = outside.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            mine = false;
        }
        if (!mine) {
            throw new IllegalStateException(("environment variable '%s': another TestApp has used that Redis for %d s"
                            + " (expected: one at a time). Close that one first, or unset %s, so that each has its own.")
                    .formatted(VARIABLE, PATIENCE_SECONDS, VARIABLE));
        }
        return new Lease() {
            @Override
            public String url() {
                return url;
            }

            @Override
            public void close() {
                outside.release();
            }
        };
    }
}

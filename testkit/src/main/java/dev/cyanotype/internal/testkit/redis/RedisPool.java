/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.testkit.redis;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The servers that apps on real transports use in tests: each has one of its own, and the next one gets it empty. They end with the
 * JVM. Thread-safe.
 */
public final class RedisPool {

    public static final RedisPool OF_THIS_JVM = new RedisPool();

    private static final String VARIABLE = "REDIS_URL";
    private static final long PATIENCE_SECONDS = 30;
    private static final Duration PATIENCE_WITH_SERVER = Duration.ofSeconds(10);

    private final Deque<RedisServer> free = new ArrayDeque<>();

    /** Who uses the one of {@code REDIS_URL}. */
    private final Semaphore outside = new Semaphore(1, true);

    /** A server that is somebody's own until it is given back. */
    public interface Lease extends AutoCloseable {

        String url();

        @Override
        void close();
    }

    private record Owned(RedisServer server, Runnable back) implements Lease {

        @Override
        public String url() {
            return server.url();
        }

        @Override
        public void close() {
            back.run();
        }
    }

    /** A server that is empty. */
    public Lease lease() {
        RedisServer server = taken();
        return new Owned(server, () -> give(server));
    }

    private RedisServer taken() {
        for (RedisServer server = poll(); server != null; server = poll()) {
            try {
                server.client().call(PATIENCE_WITH_SERVER, List.of("FLUSHALL"));
                return server;
            } catch (IOException | RuntimeException e) {
                // Somebody has ended it, or it does not answer.
                server.close();
            }
        }
        return RedisServer.start(List.of());
    }

    private synchronized @Nullable RedisServer poll() {
        return free.pollLast();
    }

    private synchronized void give(RedisServer server) {
        free.addLast(server);
    }

    /** Whether the environment names a server. */
    public static boolean isNamedOutside() {
        String url = System.getenv(VARIABLE);
        return url != null && !url.isBlank();
    }

    /** The server that the environment names, as it is, once nobody else uses it. */
    public Lease leaseOutside() {
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

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.socket;

import dev.cyanotype.exchange.HttpException;
import dev.cyanotype.socket.SocketOptions;
import dev.cyanotype.spi.AppClock;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How many clients there are, and whether there may be one more. Thread-safe. */
final class Capacity {

    private static final Logger LOG = LoggerFactory.getLogger("dev.cyanotype.socket");

    private static final long WARNING_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final String app;
    private final SocketOptions options;
    private final AtomicInteger count = new AtomicInteger();
    private final Map<Object, Integer> perAddress = new ConcurrentHashMap<>();
    private final LongAdder refused = new LongAdder();
    private final AppClock clock;
    private final AtomicLong warnedAt;
    private volatile boolean closed;

    Capacity(String app, SocketOptions options, AppClock clock) {
        this.app = app;
        this.options = options;
        this.clock = clock;
        this.warnedAt = new AtomicLong(clock.nanoTime() - WARNING_NANOS - 1);
    }

    /** Lets no further clients in. */
    void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }

    int count() {
        return count.get();
    }

    long refused() {
        return refused.sum();
    }

    /** Why there may not be one more; null if there may. */
    @Nullable
    HttpException overload(@Nullable InetSocketAddress remote) {
        if (closed) {
            return new OverloadException("The service is going down");
        }
        if (count.get() >= options.maxConnections()) {
            return full();
        }
        Object address = address(remote);
        return address != null && perAddress.getOrDefault(address, 0) >= options.maxConnectionsPerAddress()
                ? fullForAddress()
                : null;
    }

    private HttpException full() {
        return full("clients are connected already", "maxConnections", options.maxConnections());
    }

    private HttpException fullForAddress() {
        return full(
                "clients of one address are connected already",
                "maxConnectionsPerAddress",
                options.maxConnectionsPerAddress());
    }

    private HttpException full(String what, String option, int limit) {
        refused.increment();
        long now = clock.nanoTime();
        long last = warnedAt.get();
        // Whoever knocks all the time must not fill the log.
        if (now - last > WARNING_NANOS && warnedAt.compareAndSet(last, now)) {
            LOG.warn("app '{}': websockets are refused, because {} {} (SocketOptions.{})", app, limit, what, option);
        }
        return new OverloadException("Too many websockets");
    }

    /**
     * Takes a place, so that those who come at the same time are not too many together.
     *
     * @throws HttpException if there is none
     */
    void enter(@Nullable InetSocketAddress remote) {
        if (closed) {
            throw new OverloadException("The service is going down");
        }
        if (count.incrementAndGet() > options.maxConnections()) {
            count.decrementAndGet();
            throw full();
        }
        Object address = address(remote);
        if (address != null && perAddress.merge(address, 1, Integer::sum) > options.maxConnectionsPerAddress()) {
            leave(remote);
            throw fullForAddress();
        }
    }

    /** Gives a place back. */
    void leave(@Nullable InetSocketAddress remote) {
        count.decrementAndGet();
        Object address = address(remote);
        if (address != null) {
            perAddress.computeIfPresent(address, (key, number) -> number == 1 ? null : number - 1);
        }
    }

    /** A client is refused whose id is taken. */
    void refuse() {
        refused.increment();
    }

    private static @Nullable Object address(@Nullable InetSocketAddress remote) {
        return remote == null ? null : remote.isUnresolved() ? remote.getHostString() : remote.getAddress();
    }
}

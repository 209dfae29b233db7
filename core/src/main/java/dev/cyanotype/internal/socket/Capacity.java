/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.socket;

import dev.cyanotype.exchange.Headers;
import dev.cyanotype.exchange.HttpException;
import dev.cyanotype.internal.concurrent.InFlight;
import dev.cyanotype.socket.SocketOptions;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How many clients there are, and whether there may be one more. Thread-safe. */
final class Capacity {

    private static final Logger LOG = LoggerFactory.getLogger("dev.cyanotype.socket");

    private final String app;
    private final SocketOptions options;
    private final AtomicInteger count = new AtomicInteger();
    private final Map<Object, Integer> perAddress = new ConcurrentHashMap<>();
    private final InFlight connected = new InFlight();
    private final LongAdder refused = new LongAdder();
    private volatile boolean closed;

    Capacity(String app, SocketOptions options) {
        this.app = app;
        this.options = options;
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

    /** Done when the last client has gone. */
    InFlight connected() {
        return connected;
    }

    long refused() {
        return refused.sum();
    }

    /** Why there may not be one more; null if there may. */
    @Nullable
    HttpException overload(@Nullable InetSocketAddress remote) {
        if (closed) {
            return unavailable("The service is going down");
        }
        if (count.get() >= options.maxConnections()) {
            return full("clients are connected already", "maxConnections", options.maxConnections());
        }
        Object address = address(remote);
        if (address != null && perAddress.getOrDefault(address, 0) >= options.maxConnectionsPerAddress()) {
            return full(
                    "clients of one address are connected already",
                    "maxConnectionsPerAddress",
                    options.maxConnectionsPerAddress());
        }
        return null;
    }

    private HttpException full(String what, String option, int limit) {
        refused.increment();
        LOG.warn("app '{}': a websocket was refused, because {} {} (SocketOptions.{})", app, limit, what, option);
        return unavailable("Too many websockets");
    }

    private static HttpException unavailable(String message) {
        return new HttpException(503, message, null, Headers.empty().with("Retry-After", "5"));
    }

    /**
     * Counts one more.
     *
     * @throws HttpException if there may not be one more
     */
    void enter(@Nullable InetSocketAddress remote) {
        connected.begin();
        count.incrementAndGet();
        Object address = address(remote);
        boolean fits = count.get() <= options.maxConnections();
        if (address != null) {
            fits &= perAddress.merge(address, 1, Integer::sum) <= options.maxConnectionsPerAddress();
        }
        if (!fits) {
            // Several came in at once.
            leave(remote);
            refused.increment();
            throw unavailable("Too many websockets");
        }
    }

    void leave(@Nullable InetSocketAddress remote) {
        Object address = address(remote);
        if (address != null) {
            perAddress.computeIfPresent(address, (key, number) -> number == 1 ? null : number - 1);
        }
        count.decrementAndGet();
        connected.end();
    }

    private static @Nullable Object address(@Nullable InetSocketAddress remote) {
        return remote == null ? null : remote.isUnresolved() ? remote.getHostString() : remote.getAddress();
    }
}

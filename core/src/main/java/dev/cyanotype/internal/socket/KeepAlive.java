/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.socket;

import dev.cyanotype.socket.SocketOptions;
import java.util.Collection;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks after all clients once a second, from the first one on. Thread-safe. */
final class KeepAlive implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("dev.cyanotype.socket");

    private static final int SECONDS_BETWEEN_RENEWALS = 10;

    private final String app;
    private final Supplier<Collection<Client>> clients;
    private final Runnable renewal;
    private final LifeSigns.Limits limits;
    private volatile boolean started;
    private boolean closed;
    private @Nullable ScheduledExecutorService clock;
    private int rounds;

    KeepAlive(String app, SocketOptions options, Supplier<Collection<Client>> clients, Runnable renewal) {
        this.app = app;
        this.clients = clients;
        this.renewal = renewal;
        this.limits = LifeSigns.Limits.of(options);
    }

    void start() {
        if (!started) {
            startOnce();
        }
    }

    private synchronized void startOnce() {
        if (!started && !closed) {
            started = true;
            clock = Executors.newSingleThreadScheduledExecutor(task -> {
                Thread thread = new Thread(task, "cyanotype-" + app + "-sockets");
                thread.setDaemon(true);
                return thread;
            });
            clock.scheduleWithFixedDelay(this::round, 1, 1, TimeUnit.SECONDS);
        }
    }

    private void round() {
        try {
            long now = System.nanoTime();
            for (Client client : clients.get()) {
                client.keepAlive(now, limits);
            }
            rounds++;
            if (rounds % SECONDS_BETWEEN_RENEWALS == 0) {
                renewal.run();
            }
        } catch (RuntimeException | Error e) {
            // One that failed must not be the last.
            LOG.error("the websockets of app '{}' could not be looked after", app, e);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (clock != null) {
            clock.shutdownNow();
        }
    }
}

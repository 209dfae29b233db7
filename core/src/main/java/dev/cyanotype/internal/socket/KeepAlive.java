/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.socket;

import dev.cyanotype.spi.AppClock;
import java.time.Duration;
import java.util.Collection;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after all clients once a second, from the first one on. Thread-safe.
 *
 * <p>The clock only says when: clients may be many, and so the app's executor does the work. The next round is a second after
 * the end of the last one, so there are never two.
 */
final class KeepAlive implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("dev.cyanotype.socket");

    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** After how long without a round clients can't be blamed: this side may not have been able to read what they sent. */
    private static final Duration STANDSTILL = PAUSE.multipliedBy(4);

    private static final int ROUNDS_BETWEEN_RENEWALS = 10;

    private final SocketHub hub;
    private final Supplier<Collection<Client>> clients;
    private final Runnable renewal;
    private final LifeSigns.Limits limits;
    private volatile boolean started;
    private boolean closed;
    private AppClock.@Nullable Timeout next;

    /** Only used by the thread of a round. */
    private int rounds;

    /** When the last round was, or this was started. */
    private volatile long lookedAt;

    KeepAlive(SocketHub hub, Supplier<Collection<Client>> clients, Runnable renewal) {
        this.hub = hub;
        this.clients = clients;
        this.renewal = renewal;
        this.limits = LifeSigns.Limits.of(hub.options());
    }

    void start() {
        if (!started) {
            startOnce();
        }
    }

    private synchronized void startOnce() {
        if (!started) {
            started = true;
            lookedAt = hub.clock().nanoTime();
            goOn();
        }
    }

    private synchronized void goOn() {
        if (!closed) {
            next = hub.clock().schedule(PAUSE, this::due);
        }
    }

    private void due() {
        try {
            hub.executor().execute(this::round);
        } catch (RuntimeException | Error e) {
            LOG.error("the executor of app '{}' takes no work, so its websockets are not looked after", hub.app(), e);
            goOn();
        }
    }

    private void round() {
        try {
            long now = hub.clock().nanoTime();
            boolean stoodStill = now - lookedAt > STANDSTILL.toNanos();
            lookedAt = now;
            for (Client client : clients.get()) {
                if (stoodStill) {
                    client.excuse(now);
                } else {
                    client.keepAlive(now, limits);
                }
            }
            rounds++;
            if (rounds % ROUNDS_BETWEEN_RENEWALS == 0) {
                renewal.run();
            }
        } catch (RuntimeException | Error e) {
            // One that failed must not be the last.
            LOG.error("the websockets of app '{}' could not be looked after", hub.app(), e);
        } finally {
            goOn();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (next != null) {
            next.cancel();
        }
    }
}

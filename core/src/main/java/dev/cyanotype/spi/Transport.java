/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.spi;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * One way in and out of an app, from its start to its end.
 *
 * <p>The app calls {@link #start()}, then {@link #quiesce()}, {@link #drain} and {@link #close()}, each at most once and from one
 * thread at a time. {@link #close()} may come at any moment, also after a failed start, and leaves nothing running.
 *
 * @since 0.1
 */
public interface Transport extends AutoCloseable {

    /** How a transport is. */
    enum Health {
        /** It does its work. */
        UP,
        /** It runs, but is cut off from what it talks to. */
        DOWN
    }

    /**
     * Opens it; requests may come in before this returns.
     *
     * @throws Exception if it can't be opened; the app then closes everything again
     */
    void start() throws Exception;

    /**
     * Where it can be reached, once it is started.
     *
     * @return such as {@code http://127.0.0.1:8080}, with the real port; empty if it has no address
     */
    default Optional<URI> address() {
        return Optional.empty();
    }

    /**
     * Takes no new work from others; what is under way goes on, and what it sends goes out. Comes before {@link #drain}, and returns
     * at once. Does nothing unless it knows better: requests and upgrades that come later are refused by the dispatcher.
     */
    default void quiesce() {}

    /**
     * Takes no new work and finishes what is under way.
     *
     * @param budget how long that may take
     * @throws InterruptedException if the waiting thread is interrupted
     */
    void drain(Duration budget) throws InterruptedException;

    /** Ends it and gives everything back; a second call does nothing. */
    @Override
    void close();

    /**
     * How it is.
     *
     * @return {@link Health#UP} unless it knows better
     */
    default Health health() {
        return Health.UP;
    }

    /**
     * What it has counted since its start, for metrics.
     *
     * @return by name, such as {@code reconnects}; none goes down
     */
    default Map<String, Long> counters() {
        return Map.of();
    }

    /**
     * What it offers beyond this interface, such as the client it is built on.
     *
     * @param <T> the wanted type
     * @param type the wanted type
     * @return empty if it has no such thing
     */
    default <T> Optional<T> as(Class<T> type) {
        return Optional.empty();
    }
}

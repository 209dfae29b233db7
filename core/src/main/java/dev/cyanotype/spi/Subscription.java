/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.spi;

/**
 * What hears a channel of a {@link MessageBus} until it is closed.
 *
 * <p>Thread-safe.
 *
 * @since 0.1
 */
public interface Subscription extends AutoCloseable {

    /**
     * Hears the channel no more.
     *
     * <p>No call of the listener begins after this; one that is under way on another thread is not waited for, and neither is
     * the broker. A second call does nothing.
     */
    @Override
    void close();
}

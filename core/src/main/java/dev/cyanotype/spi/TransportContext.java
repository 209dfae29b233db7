/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.spi;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * What an app gives a transport.
 *
 * <p>Implemented by the library only. Thread-safe.
 *
 * @since 0.1
 */
public interface TransportContext {

    /**
     * The app's name, which is the name of the service.
     *
     * @return the name
     */
    String app();

    /**
     * The app's operations of a kind.
     *
     * @param kind the kind
     * @return in the order they were declared
     */
    List<MountedOperation> operations(OperationKind kind);

    /**
     * What runs them.
     *
     * @return the app's dispatcher
     */
    Dispatcher dispatcher();

    /**
     * The settings from outside, which override what the transport was built with.
     *
     * @return the app's settings
     */
    Settings settings();

    /**
     * Reads and writes messages.
     *
     * @return with the app's limits
     */
    MessageJson json();

    /**
     * Runs what may block.
     *
     * @return on virtual threads where the JVM has them
     */
    Executor executor();

    /**
     * The app's time.
     *
     * @return what timeouts and retries go by
     */
    AppClock clock();

    /**
     * What a transport that was made before this one offers by {@link Transport#as}, such as the server it runs.
     *
     * @param <T> the wanted type
     * @param type the wanted type
     * @return empty if none offers it; transports of a lower {@link TransportProvider#order()} are made before
     */
    <T> Optional<T> offered(Class<T> type);
}

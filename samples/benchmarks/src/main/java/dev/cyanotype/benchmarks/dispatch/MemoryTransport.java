/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.benchmarks.dispatch;

import dev.cyanotype.spi.Dispatcher;
import dev.cyanotype.spi.OperationKind;
import dev.cyanotype.spi.Transport;
import dev.cyanotype.spi.TransportContext;
import dev.cyanotype.spi.TransportProvider;
import java.time.Duration;
import java.util.Set;

/** Gives away the dispatcher that a transport of HTTP would call. */
final class MemoryTransport implements TransportProvider {

    private Dispatcher dispatcher;

    Dispatcher dispatcher() {
        return dispatcher;
    }

    @Override
    public String id() {
        return "memory";
    }

    @Override
    public Set<OperationKind> carries() {
        return Set.of(OperationKind.HTTP);
    }

    @Override
    public Transport create(TransportContext context) {
        dispatcher = context.dispatcher();
        return new Transport() {
            @Override
            public void start() {}

            @Override
            public void drain(Duration budget) {}

            @Override
            public void close() {}
        };
    }
}

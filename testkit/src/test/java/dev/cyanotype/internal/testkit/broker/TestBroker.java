/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.testkit.broker;

import dev.cyanotype.spi.OperationKind;
import dev.cyanotype.spi.Transport;
import dev.cyanotype.spi.TransportContext;
import dev.cyanotype.spi.TransportProvider;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Connects apps that run on threads of their own, in real time. */
record TestBroker(Broker broker, AtomicInteger names) implements TransportProvider {

    TestBroker(Broker broker) {
        this(broker, new AtomicInteger());
    }

    @Override
    public String id() {
        return "broker";
    }

    @Override
    public Set<OperationKind> carries() {
        return EnumSet.of(OperationKind.ACTION, OperationKind.LISTENER, OperationKind.STREAM);
    }

    @Override
    public Transport create(TransportContext context) {
        return new Connection(broker, context.app() + "-" + names.incrementAndGet(), context, (stream, letter) -> {});
    }
}

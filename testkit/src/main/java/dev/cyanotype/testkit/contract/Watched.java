/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit.contract;

import dev.cyanotype.spi.Dispatcher;
import dev.cyanotype.spi.ForwardingContext;
import dev.cyanotype.spi.ForwardingProvider;
import dev.cyanotype.spi.Transport;
import dev.cyanotype.spi.TransportContext;
import dev.cyanotype.spi.TransportProvider;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** A provider that a test stands around. */
final class Watched extends ForwardingProvider {

    private final BiFunction<TransportProvider, TransportContext, Transport> making;

    /**
     * Stands around a provider.
     *
     * @param provider the one that is tested
     * @param making makes the transport of its provider, and sees both
     */
    Watched(TransportProvider provider, BiFunction<TransportProvider, TransportContext, Transport> making) {
        super(provider);
        this.making = making;
    }

    @Override
    public Transport create(TransportContext context) {
        return making.apply(delegate(), context);
    }

    /** What the app gives, with another dispatcher. */
    static TransportContext withDispatcher(TransportContext context, UnaryOperator<Dispatcher> around) {
        Dispatcher dispatcher = around.apply(context.dispatcher());
        return new ForwardingContext(context) {
            @Override
            public Dispatcher dispatcher() {
                return dispatcher;
            }
        };
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

import dev.cyanotype.spi.Dispatcher;
import dev.cyanotype.spi.ForwardingContext;
import dev.cyanotype.spi.ForwardingProvider;
import dev.cyanotype.spi.MessageBus;
import dev.cyanotype.spi.Transport;
import dev.cyanotype.spi.TransportContext;
import dev.cyanotype.spi.TransportProvider;

/** A transport whose traffic is recorded. */
final class RecordedProvider extends ForwardingProvider {

    private final Recorder recorder;

    RecordedProvider(TransportProvider provider, Recorder recorder) {
        super(provider);
        this.recorder = recorder;
    }

    @Override
    public Transport create(TransportContext context) {
        Transport transport = super.create(new RecordedContext(context));
        return transport instanceof MessageBus bus ? new RecordedBus(bus, recorder) : transport;
    }

    private final class RecordedContext extends ForwardingContext {

        private final Dispatcher dispatcher;

        RecordedContext(TransportContext context) {
            super(context);
            this.dispatcher = new RecordedDispatcher(context.dispatcher(), recorder);
        }

        @Override
        public Dispatcher dispatcher() {
            return dispatcher;
        }
    }
}

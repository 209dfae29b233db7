/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.testkit.real;

import dev.cyanotype.spi.AppClock;
import dev.cyanotype.spi.Dispatcher;
import dev.cyanotype.spi.ForwardingContext;
import dev.cyanotype.spi.ForwardingProvider;
import dev.cyanotype.spi.MessageBus;
import dev.cyanotype.spi.MountedOperation;
import dev.cyanotype.spi.OperationKind;
import dev.cyanotype.spi.Settings;
import dev.cyanotype.spi.Transport;
import dev.cyanotype.spi.TransportContext;
import dev.cyanotype.spi.TransportProvider;
import java.util.List;
import java.util.stream.Stream;

/** A transport that a test has set up, and of which it knows what is under way. */
final class ObservedProvider extends ForwardingProvider {

    private final RealSetup setup;

    ObservedProvider(TransportProvider provider, RealSetup setup) {
        super(provider);
        this.setup = setup;
    }

    @Override
    public boolean isEnabled(Settings settings) {
        boolean enabled = super.isEnabled(setup.settings(delegate(), settings));
        if (enabled) {
            setup.takesPart(delegate());
        }
        return enabled;
    }

    @Override
    public Transport create(TransportContext context) {
        Transport transport = super.create(new ObservedContext(context));
        if (transport instanceof MessageBus bus) {
            return setup.bus(bus, context);
        }
        return setup.transport(delegate(), transport);
    }

    private final class ObservedContext extends ForwardingContext {

        private final Dispatcher dispatcher;
        private final AppClock clock;

        ObservedContext(TransportContext context) {
            super(context);
            this.dispatcher = new ObservedDispatcher(context.dispatcher(), setup.underWay());
            this.clock = new PunctualClock(context.clock());
            setup.underWay().messages().mounted(context);
            setup.underWay().entries().mounted(context);
        }

        @Override
        public List<MountedOperation> operations(OperationKind kind) {
            List<MountedOperation> declared = super.operations(kind);
            return kind == OperationKind.STREAM
                    ? Stream.concat(declared.stream(), setup.underWay().entries().readers().stream())
                            .toList()
                    : declared;
        }

        @Override
        public Dispatcher dispatcher() {
            return dispatcher;
        }

        @Override
        public Settings settings() {
            return setup.settings(ObservedProvider.this.delegate(), super.settings());
        }

        @Override
        public AppClock clock() {
            return clock;
        }
    }
}

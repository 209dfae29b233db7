/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

import dev.cyanotype.spi.AppClock;
import dev.cyanotype.spi.Dispatcher;
import dev.cyanotype.spi.MessageBus;
import dev.cyanotype.spi.MessageJson;
import dev.cyanotype.spi.MountedOperation;
import dev.cyanotype.spi.OperationKind;
import dev.cyanotype.spi.Settings;
import dev.cyanotype.spi.Transport;
import dev.cyanotype.spi.TransportContext;
import dev.cyanotype.spi.TransportProvider;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/** A transport that a test has set up, and of which it knows what is under way. */
final class ObservedProvider implements TransportProvider {

    private final TransportProvider provider;
    private final RealSetup setup;

    ObservedProvider(TransportProvider provider, RealSetup setup) {
        this.provider = provider;
        this.setup = setup;
    }

    @Override
    public String id() {
        return provider.id();
    }

    @Override
    public int order() {
        return provider.order();
    }

    @Override
    public Set<OperationKind> carries() {
        return provider.carries();
    }

    @Override
    public Set<String> settings() {
        return provider.settings();
    }

    @Override
    public boolean isEnabled(Settings settings) {
        boolean enabled = provider.isEnabled(setup.settings(provider, settings));
        if (enabled) {
            setup.takesPart(provider);
        }
        return enabled;
    }

    @Override
    public Transport create(TransportContext context) {
        Transport transport = provider.create(new ObservedContext(context));
        if (transport instanceof MessageBus bus) {
            return setup.bus(bus, context);
        }
        return setup.transport(provider, transport);
    }

    private final class ObservedContext implements TransportContext {

        private final TransportContext context;
        private final Dispatcher dispatcher;
        private final AppClock clock;

        ObservedContext(TransportContext context) {
            this.context = context;
            this.dispatcher = new ObservedDispatcher(context.dispatcher(), setup.underWay());
            this.clock = new PunctualClock(context.clock());
            setup.underWay().messages().mounted(context);
            setup.underWay().entries().mounted(context);
        }

        @Override
        public String app() {
            return context.app();
        }

        @Override
        public List<MountedOperation> operations(OperationKind kind) {
            List<MountedOperation> declared = context.operations(kind);
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
            return setup.settings(provider, context.settings());
        }

        @Override
        public MessageJson json() {
            return context.json();
        }

        @Override
        public Executor executor() {
            return context.executor();
        }

        @Override
        public AppClock clock() {
            return clock;
        }

        @Override
        public <T> Optional<T> offered(Class<T> type) {
            return context.offered(type);
        }
    }
}

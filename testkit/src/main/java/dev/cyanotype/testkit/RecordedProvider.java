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

/** A transport whose traffic is recorded. */
final class RecordedProvider implements TransportProvider {

    private final TransportProvider provider;
    private final Recorder recorder;

    RecordedProvider(TransportProvider provider, Recorder recorder) {
        this.provider = provider;
        this.recorder = recorder;
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
        return provider.isEnabled(settings);
    }

    @Override
    public Transport create(TransportContext context) {
        Transport transport = provider.create(new RecordedContext(context));
        return transport instanceof MessageBus bus ? new RecordedBus(bus, recorder) : transport;
    }

    private final class RecordedContext implements TransportContext {

        private final TransportContext context;
        private final Dispatcher dispatcher;

        RecordedContext(TransportContext context) {
            this.context = context;
            this.dispatcher = new RecordedDispatcher(context.dispatcher(), recorder);
        }

        @Override
        public String app() {
            return context.app();
        }

        @Override
        public List<MountedOperation> operations(OperationKind kind) {
            return context.operations(kind);
        }

        @Override
        public Dispatcher dispatcher() {
            return dispatcher;
        }

        @Override
        public Settings settings() {
            return context.settings();
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
            return context.clock();
        }

        @Override
        public <T> Optional<T> offered(Class<T> type) {
            return context.offered(type);
        }
    }
}

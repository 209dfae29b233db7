/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit.contract;

import dev.cyanotype.spi.AppClock;
import dev.cyanotype.spi.Dispatcher;
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
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * A provider that a test stands around.
 *
 * @param provider the one that is tested
 * @param making makes the transport of its provider, and sees both
 */
record Watched(TransportProvider provider, BiFunction<TransportProvider, TransportContext, Transport> making)
        implements TransportProvider {

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
        return making.apply(provider, context);
    }

    /** What the app gives, with another dispatcher. */
    static TransportContext withDispatcher(TransportContext context, UnaryOperator<Dispatcher> around) {
        return new Given(context, around.apply(context.dispatcher()));
    }

    private record Given(TransportContext context, Dispatcher dispatcher) implements TransportContext {

        @Override
        public String app() {
            return context.app();
        }

        @Override
        public List<MountedOperation> operations(OperationKind kind) {
            return context.operations(kind);
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

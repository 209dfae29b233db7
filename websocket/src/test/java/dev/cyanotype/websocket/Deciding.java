/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.websocket;

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

/** The transport for websockets in a real app, except that a test decides about upgrades. */
record Deciding(Websockets websockets, Dispatcher decider) implements TransportProvider {

    @Override
    public String id() {
        return websockets.id();
    }

    @Override
    public int order() {
        return websockets.order();
    }

    @Override
    public Set<OperationKind> carries() {
        return websockets.carries();
    }

    @Override
    public Set<String> settings() {
        return websockets.settings();
    }

    @Override
    public Transport create(TransportContext context) {
        return websockets.create(new Context(context, decider));
    }

    private record Context(TransportContext real, Dispatcher dispatcher) implements TransportContext {

        @Override
        public String app() {
            return real.app();
        }

        @Override
        public List<MountedOperation> operations(OperationKind kind) {
            return real.operations(kind);
        }

        @Override
        public Settings settings() {
            return real.settings();
        }

        @Override
        public MessageJson json() {
            return real.json();
        }

        @Override
        public Executor executor() {
            return real.executor();
        }

        @Override
        public AppClock clock() {
            return real.clock();
        }

        @Override
        public <T> Optional<T> offered(Class<T> type) {
            return real.offered(type);
        }
    }
}

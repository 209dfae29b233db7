/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.testkit.broker;

import dev.cyanotype.spi.AppClock;
import dev.cyanotype.spi.Dispatcher;
import dev.cyanotype.spi.MessageJson;
import dev.cyanotype.spi.MountedOperation;
import dev.cyanotype.spi.OperationKind;
import dev.cyanotype.spi.Settings;
import dev.cyanotype.spi.TransportContext;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/** What an app gives, but for who runs handlers of messages and entries. Thread-safe. */
record TurnContext(TransportContext context, Executor executor) implements TransportContext {

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
        return context.dispatcher();
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
    public AppClock clock() {
        return context.clock();
    }

    @Override
    public <T> Optional<T> offered(Class<T> type) {
        return context.offered(type);
    }
}

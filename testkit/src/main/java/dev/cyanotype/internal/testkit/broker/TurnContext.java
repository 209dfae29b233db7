/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.testkit.broker;

import dev.cyanotype.spi.ForwardingContext;
import dev.cyanotype.spi.TransportContext;
import java.util.concurrent.Executor;

/** What an app gives, but for who runs handlers of messages and entries. Thread-safe. */
final class TurnContext extends ForwardingContext {

    private final Executor executor;

    TurnContext(TransportContext context, Executor executor) {
        super(context);
        this.executor = executor;
    }

    @Override
    public Executor executor() {
        return executor;
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import dev.cyanotype.App;
import dev.cyanotype.internal.bus.LocalProvider;
import dev.cyanotype.spi.TransportProvider;
import dev.cyanotype.testkit.contract.MessageBusContract;
import java.util.Map;

/** The bus of an app that has no broker. */
class InProcessMessagingTest extends MessageBusContract {

    @Override
    protected TransportProvider provider() {
        return new LocalProvider();
    }

    @Override
    protected Map<Integer, String> exceptions() {
        return Map.of(1, "the bus of the process comes by itself, where there is no other");
    }

    @Override
    protected App.Builder on(App.Builder builder) {
        return builder.discovery(false);
    }
}

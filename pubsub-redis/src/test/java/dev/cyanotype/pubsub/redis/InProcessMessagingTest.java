/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import dev.cyanotype.App;
import dev.cyanotype.spi.TransportProvider;
import dev.cyanotype.testkit.contract.MessageBusContract;

/** The bus of an app that has no broker. */
class InProcessMessagingTest extends MessageBusContract {

    @Override
    protected TransportProvider provider() {
        throw new UnsupportedOperationException("the bus of the process comes by itself");
    }

    @Override
    protected App.Builder on(App.Builder builder) {
        return builder.discovery(false);
    }
}

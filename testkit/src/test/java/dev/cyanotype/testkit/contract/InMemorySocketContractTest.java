/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit.contract;

import dev.cyanotype.App;
import dev.cyanotype.spi.TransportProvider;
import dev.cyanotype.testkit.TestApp;
import java.util.Map;

/** Websockets in memory are what they are over a connection. */
class InMemorySocketContractTest extends SocketTransportContract {

    @Override
    protected TransportProvider provider() {
        return InMemorySite.provider();
    }

    @Override
    protected Map<Integer, String> exceptions() {
        return Map.of(1, "the transport in memory is given to apps, never found");
    }

    @Override
    SocketSite open(App.Builder builder) {
        return new InMemorySocketSite(TestApp.of(builder.build()));
    }
}

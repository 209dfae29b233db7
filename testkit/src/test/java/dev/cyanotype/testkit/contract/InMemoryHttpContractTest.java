/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit.contract;

import dev.cyanotype.App;
import dev.cyanotype.spi.TransportProvider;
import java.util.Map;

/** Requests in memory are what they are over a socket. */
class InMemoryHttpContractTest extends HttpTransportContract {

    @Override
    protected TransportProvider provider() {
        return InMemorySite.provider();
    }

    @Override
    protected Map<Integer, String> exceptions() {
        return Map.of(1, "the transport in memory is given to apps, never found");
    }

    @Override
    HttpSite open(App.Builder builder) {
        return InMemorySite.of(builder);
    }
}

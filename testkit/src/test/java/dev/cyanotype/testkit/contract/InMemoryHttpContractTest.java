/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit.contract;

import dev.cyanotype.App;
import dev.cyanotype.spi.TransportProvider;

/** Requests in memory are what they are over a socket. */
class InMemoryHttpContractTest extends HttpTransportContract {

    @Override
    protected TransportProvider provider() {
        return InMemorySite.provider();
    }

    @Override
    HttpSite open(App.Builder builder) {
        return InMemorySite.of(builder);
    }
}

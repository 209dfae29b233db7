/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin;

import dev.cyanotype.spi.TransportProvider;
import dev.cyanotype.testkit.contract.HttpTransportContract;

/** Javalin keeps what every transport for HTTP does. */
class JavalinContractIT extends HttpTransportContract {

    @Override
    protected TransportProvider provider() {
        return JavalinHttp.with(JavalinOptions.builder().port(0).build());
    }
}

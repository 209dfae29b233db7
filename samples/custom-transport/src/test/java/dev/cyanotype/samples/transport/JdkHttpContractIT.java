/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.transport;

import dev.cyanotype.App;
import dev.cyanotype.spi.TransportProvider;
import dev.cyanotype.testkit.contract.HttpTransportContract;
import java.util.Map;

/** The JDK's HTTP server keeps the rules of all transports for HTTP, but for what it decides by itself. */
class JdkHttpContractIT extends HttpTransportContract {

    @Override
    protected TransportProvider provider() {
        return new JdkHttp();
    }

    @Override
    protected App.Builder on(App.Builder builder) {
        return super.on(builder).setting("jdk-http.port", "0");
    }

    @Override
    protected Map<Integer, String> exceptions() {
        return Map.of(15, "com.sun.net.httpserver answers what it can't read by itself, with a line of HTML");
    }
}

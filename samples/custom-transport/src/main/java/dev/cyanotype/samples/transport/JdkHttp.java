/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.transport;

import dev.cyanotype.spi.OperationKind;
import dev.cyanotype.spi.Transport;
import dev.cyanotype.spi.TransportContext;
import dev.cyanotype.spi.TransportProvider;
import java.util.Set;

/**
 * Carries routes on the HTTP server of the JDK; its id is {@code jdk-http}.
 *
 * <p>It keeps the contract of a transport but for what {@code com.sun.net.httpserver} decides before anybody is asked: what that
 * can't read (a malformed line, a target that is no URI or {@code *}) it answers with a line of HTML, or takes for good, and it
 * refuses trailers. It adds a {@code Date} and writes {@code X-request-id}. A request keeps its thread until it is answered.
 * Settings: {@code jdk-http.host}, default {@code 127.0.0.1}; {@code jdk-http.port}, default 8080, 0 for any free one.
 */
public final class JdkHttp implements TransportProvider {

    private static final String HOST = "jdk-http.host";
    private static final String PORT = "jdk-http.port";

    /** As {@link java.util.ServiceLoader} makes it. */
    public JdkHttp() {}

    @Override
    public String id() {
        return "jdk-http";
    }

    @Override
    public Set<OperationKind> carries() {
        return Set.of(OperationKind.HTTP);
    }

    @Override
    public Set<String> settings() {
        return Set.of(HOST, PORT);
    }

    @Override
    public Transport create(TransportContext context) {
        String host = context.settings().text(HOST, "127.0.0.1");
        return new JdkHttpTransport(context, host, context.settings().integer(PORT, 8080, 0, 65535));
    }
}

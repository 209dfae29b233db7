/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.transport;

import dev.cyanotype.spi.OperationKind;
import dev.cyanotype.spi.Settings;
import dev.cyanotype.spi.Transport;
import dev.cyanotype.spi.TransportContext;
import dev.cyanotype.spi.TransportProvider;
import java.util.Set;

/**
 * Carries routes on the HTTP server of the JDK; its id is {@code jdk-http}.
 *
 * <p>It needs no library, and keeps the contract of a transport but for what {@code com.sun.net.httpserver} decides before
 * anybody is asked:
 *
 * <ul>
 *   <li>What it can't read (a malformed request line, a target that is no {@link java.net.URI}, a length that is no number) it
 *       answers with a line of HTML, not with problem details; so it does with targets whose path does not begin with a slash,
 *       such as {@code *}, and those of two slashes and a name only.
 *   <li>It sends a {@code Date} of its own, and writes the names of header fields as {@code X-request-id}.
 *   <li>A request keeps its thread until it is answered, also where the handler answers later. On virtual threads that is cheap.
 *   <li>It sends head and body apart. To have answers on kept connections at once, start the JVM with
 *       {@code -Dsun.net.httpserver.nodelay=true}.
 * </ul>
 *
 * <p>Settings: {@code jdk-http.host}, default {@code 127.0.0.1}; {@code jdk-http.port}, default 8080, 0 for any free one.
 */
public final class JdkHttp implements TransportProvider {

    static final String HOST = "jdk-http.host";
    static final String PORT = "jdk-http.port";

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
        Settings settings = context.settings();
        return new JdkHttpTransport(context, settings.text(HOST, "127.0.0.1"), settings.integer(PORT, 8080, 0, 65535));
    }
}

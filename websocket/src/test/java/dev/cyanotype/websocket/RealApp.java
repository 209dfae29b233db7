/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.websocket;

import dev.cyanotype.App;
import dev.cyanotype.http.javalin.JavalinHttp;
import dev.cyanotype.http.javalin.JavalinOptions;
import dev.cyanotype.internal.testkit.wire.RawSocket;
import java.io.IOException;
import java.net.URI;

/** A whole app, on a port of 127.0.0.1. */
final class RealApp implements AutoCloseable {

    private final App app;
    private final URI address;

    private RealApp(App app) {
        this.app = app;
        this.address = app.address("http");
    }

    /** Starts it, with the transports for HTTP and websockets and none else. */
    static RealApp start(App.Builder builder) {
        App app = builder.noTransports()
                .transport(JavalinHttp.with(JavalinOptions.builder().port(0).build()))
                .transport(new Websockets())
                .build();
        app.start();
        return new RealApp(app);
    }

    App app() {
        return app;
    }

    URI address() {
        return address;
    }

    RawSocket open(String target, String... headerLines) throws IOException {
        return RawSocket.open(address, target, headerLines);
    }

    @Override
    public void close() {
        app.stop();
    }
}

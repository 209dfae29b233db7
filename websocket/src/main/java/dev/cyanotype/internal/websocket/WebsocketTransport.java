/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.websocket;

import dev.cyanotype.internal.http.javalin.UpgradeGate;
import dev.cyanotype.spi.OperationKind;
import dev.cyanotype.spi.Transport;
import dev.cyanotype.spi.TransportContext;
import dev.cyanotype.spi.TransportException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The websockets of one app. */
public final class WebsocketTransport implements Transport {

    /** What settings and messages call it. */
    public static final String ID = "websocket";

    private final TransportContext context;
    private final OpenSockets sockets = new OpenSockets();
    private final Upgrades upgrades;
    private final @Nullable SeparateServer server;
    private final boolean hasServer;

    private WebsocketTransport(TransportContext context, @Nullable SeparateServer server, boolean hasServer) {
        this.context = context;
        this.server = server;
        this.hasServer = hasServer;
        this.upgrades = new Upgrades(context, sockets, server != null);
    }

    /**
     * On a server that another transport offers.
     *
     * @param context what the app gives
     * @return not started
     */
    public static WebsocketTransport beside(TransportContext context) {
        Optional<UpgradeGate> gate = context.offered(UpgradeGate.class);
        WebsocketTransport transport = new WebsocketTransport(context, null, gate.isPresent());
        // Also without any operation: hooks alone make a websocket, and only a request that asks for one costs
        // anything.
        gate.ifPresent(found -> found.install(transport.upgrades));
        return transport;
    }

    /**
     * On a server of its own.
     *
     * @param context what the app gives
     * @param host the address to listen on
     * @param port 0 for any free one
     * @return not started
     */
    public static WebsocketTransport onPort(TransportContext context, String host, int port) {
        return new WebsocketTransport(context, new SeparateServer(context.app(), host, port), true);
    }

    @Override
    public void start() throws Exception {
        if (!hasServer && (has(OperationKind.SOCKET) || has(OperationKind.SOCKET_MESSAGE))) {
            throw new TransportException(
                    ("transport 'websocket' of app '%s' has no server: no other transport offers one of Javalin's, and"
                                    + " websocket.port is not set (expected: one of both)."
                                    + " Add dev.cyanotype:cyanotype-http-javalin, or set websocket.port.")
                            .formatted(context.app()),
                    null);
        }
        upgrades.open();
        if (server != null) {
            server.start(upgrades);
        }
    }

    private boolean has(OperationKind kind) {
        return !context.operations(kind).isEmpty();
    }

    @Override
    public Optional<URI> address() {
        return server == null ? Optional.empty() : server.address();
    }

    /** Sockets are closed by the app, which knows how many at a time. */
    @Override
    public void drain(Duration budget) {
        upgrades.close();
    }

    @Override
    public void close() {
        upgrades.close();
        sockets.abort();
        if (server != null) {
            server.stop();
        }
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.websocket;

import dev.cyanotype.internal.websocket.WebsocketTransport;
import dev.cyanotype.spi.OperationKind;
import dev.cyanotype.spi.Settings;
import dev.cyanotype.spi.Transport;
import dev.cyanotype.spi.TransportContext;
import dev.cyanotype.spi.TransportProvider;
import java.util.Objects;
import java.util.Set;

/**
 * Carries websockets, on the Javalin server of the HTTP routes unless they are given a port; its id is {@code websocket}.
 *
 * <p>Found by itself when its jar is there; to set it up in the program, give one with options to
 * {@code App.Builder.transport}. Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class Websockets implements TransportProvider {

    private static final String HOST = "websocket.host";
    private static final String PORT = "websocket.port";

    private final WebsocketOptions options;

    /** A provider with the default options, as {@link java.util.ServiceLoader} makes it. */
    public Websockets() {
        this(WebsocketOptions.builder().build());
    }

    private Websockets(WebsocketOptions options) {
        this.options = options;
    }

    /**
     * A provider with options, which settings from outside override.
     *
     * @param options the options
     * @return the provider
     */
    public static Websockets with(WebsocketOptions options) {
        return new Websockets(Objects.requireNonNull(options, "options"));
    }

    @Override
    public String id() {
        return WebsocketTransport.ID;
    }

    /** After the transports that have a server, so that they can offer it. */
    @Override
    public int order() {
        return 10;
    }

    @Override
    public Set<OperationKind> carries() {
        return Set.of(OperationKind.SOCKET, OperationKind.SOCKET_MESSAGE);
    }

    /** The settings it reads: {@code websocket.host} and {@code websocket.port}. */
    @Override
    public Set<String> settings() {
        return Set.of(HOST, PORT);
    }

    @Override
    public Transport create(TransportContext context) {
        Settings settings = context.settings();
        String host = settings.text(HOST, options.host());
        boolean hasPort = options.port().isPresent() || settings.text(PORT) != null;
        return hasPort
                ? WebsocketTransport.onPort(
                        context, host, settings.integer(PORT, options.port().orElse(0), 0, 65535))
                : WebsocketTransport.beside(context);
    }

    @Override
    public String toString() {
        return "Websockets[" + options + "]";
    }
}

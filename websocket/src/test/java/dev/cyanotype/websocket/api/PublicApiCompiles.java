/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.websocket.api;

import dev.cyanotype.App;
import dev.cyanotype.spi.OperationKind;
import dev.cyanotype.spi.Transport;
import dev.cyanotype.spi.TransportContext;
import dev.cyanotype.spi.TransportProvider;
import dev.cyanotype.websocket.WebsocketOptions;
import dev.cyanotype.websocket.Websockets;
import java.util.OptionalInt;
import java.util.Set;

/** All that users may call, from outside. Never run: if this compiles, their code does too. */
final class PublicApiCompiles {

    private PublicApiCompiles() {}

    static WebsocketOptions options() {
        WebsocketOptions.Builder builder =
                WebsocketOptions.builder().host("127.0.0.1").port(9000);
        WebsocketOptions options = builder.build();
        String host = options.host();
        OptionalInt port = options.port();
        return options.toBuilder().host(host).port(port.orElse(0)).noPort().build();
    }

    static App app() {
        TransportProvider found = new Websockets();
        Websockets given = Websockets.with(options());
        return App.named("service")
                .transport(found)
                .noTransports()
                .transport(given)
                .build();
    }

    static Transport provided(Websockets provider, TransportContext context) {
        String id = provider.id();
        int order = provider.order();
        Set<OperationKind> kinds = provider.carries();
        Set<String> settings = provider.settings();
        return id.isEmpty() && order == 0 && kinds.isEmpty() && settings.isEmpty() ? null : provider.create(context);
    }
}

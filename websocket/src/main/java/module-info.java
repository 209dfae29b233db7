/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Websockets of blueprints, on the server of their HTTP routes or on a port of their own. */
@org.jspecify.annotations.NullMarked
module dev.cyanotype.websocket {
    requires transitive dev.cyanotype.core;
    requires dev.cyanotype.http.javalin;
    requires org.eclipse.jetty.websocket.core.server;

    exports dev.cyanotype.websocket;

    provides dev.cyanotype.spi.TransportProvider with
            dev.cyanotype.websocket.Websockets;
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.spec;

import dev.cyanotype.http.HttpContext;
import dev.cyanotype.http.RouteHandler;
import dev.cyanotype.socket.SocketEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * The handler of a route that leads to a websocket, which is not run: an upgrade takes its place.
 *
 * @param endpoint null for the app's socket for messages
 */
public record UpgradeHandler(@Nullable SocketEndpoint endpoint) implements RouteHandler {

    @Override
    public Object handle(HttpContext ctx) {
        throw new IllegalStateException(ctx + ": a websocket was dispatched as a route");
    }
}

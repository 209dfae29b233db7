/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** HTTP for blueprints, carried by Javalin. */
@org.jspecify.annotations.NullMarked
// The transport for websockets is built later than this module, which the compiler would warn of.
@SuppressWarnings("module")
module dev.cyanotype.http.javalin {
    requires transitive dev.cyanotype.core;
    // For JavalinAccess, where users reach through.
    requires transitive io.javalin;

    exports dev.cyanotype.http.javalin;
    exports dev.cyanotype.internal.http.javalin to
            dev.cyanotype.websocket;

    provides dev.cyanotype.spi.TransportProvider with
            dev.cyanotype.http.javalin.JavalinHttp;
}

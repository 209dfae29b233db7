/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** HTTP for blueprints, carried by Javalin. */
@org.jspecify.annotations.NullMarked
module dev.cyanotype.http.javalin {
    requires transitive dev.cyanotype.core;
    // For JavalinAccess, where users reach through.
    requires transitive io.javalin;

    exports dev.cyanotype.http.javalin;

    provides dev.cyanotype.spi.TransportProvider with
            dev.cyanotype.http.javalin.JavalinHttp;
}

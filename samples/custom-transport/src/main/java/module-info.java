/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Transports as somebody outside of the project would write them. */
@org.jspecify.annotations.NullMarked
module dev.cyanotype.samples.transport {
    requires transitive dev.cyanotype.core;
    requires jdk.httpserver;

    exports dev.cyanotype.samples.transport;

    provides dev.cyanotype.spi.TransportProvider with
            dev.cyanotype.samples.transport.JdkHttp,
            dev.cyanotype.samples.transport.LocalBus;
}

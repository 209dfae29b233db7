/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.websocket;

import dev.cyanotype.spi.Dispatcher;
import dev.cyanotype.spi.ForwardingContext;
import dev.cyanotype.spi.ForwardingProvider;
import dev.cyanotype.spi.Transport;
import dev.cyanotype.spi.TransportContext;

/** The transport for websockets in a real app, except that a test decides about upgrades. */
final class Deciding extends ForwardingProvider {

    private final Dispatcher decider;

    Deciding(Websockets websockets, Dispatcher decider) {
        super(websockets);
        this.decider = decider;
    }

    @Override
    public Transport create(TransportContext context) {
        return super.create(new ForwardingContext(context) {
            @Override
            public Dispatcher dispatcher() {
                return decider;
            }
        });
    }
}

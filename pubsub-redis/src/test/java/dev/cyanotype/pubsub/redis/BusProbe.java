/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import dev.cyanotype.spi.ForwardingProvider;
import dev.cyanotype.spi.MessageBus;
import dev.cyanotype.spi.Transport;
import dev.cyanotype.spi.TransportContext;
import dev.cyanotype.spi.TransportProvider;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Shows a test the bus that another provider makes, as the app sees it. */
final class BusProbe extends ForwardingProvider {

    private final Consumer<MessageBus> onCreate;
    private volatile @Nullable MessageBus bus;

    BusProbe(TransportProvider provider) {
        this(provider, bus -> {});
    }

    /** Shows the bus also before it is started. */
    BusProbe(TransportProvider provider, Consumer<MessageBus> onCreate) {
        super(provider);
        this.onCreate = onCreate;
    }

    MessageBus bus() {
        return Objects.requireNonNull(bus, "the app was not started");
    }

    @Override
    public Transport create(TransportContext context) {
        MessageBus made = (MessageBus) super.create(context);
        bus = made;
        onCreate.accept(made);
        return made;
    }
}

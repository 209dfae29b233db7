/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import dev.cyanotype.spi.MessageBus;
import dev.cyanotype.spi.OperationKind;
import dev.cyanotype.spi.Transport;
import dev.cyanotype.spi.TransportContext;
import dev.cyanotype.spi.TransportProvider;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Shows a test the bus that another provider makes, as the app sees it. */
final class BusProbe implements TransportProvider {

    private final TransportProvider provider;
    private final Consumer<MessageBus> onCreate;
    private volatile @Nullable MessageBus bus;

    BusProbe(TransportProvider provider) {
        this(provider, bus -> {});
    }

    /** Shows the bus also before it is started. */
    BusProbe(TransportProvider provider, Consumer<MessageBus> onCreate) {
        this.provider = provider;
        this.onCreate = onCreate;
    }

    MessageBus bus() {
        return Objects.requireNonNull(bus, "the app was not started");
    }

    @Override
    public String id() {
        return provider.id();
    }

    @Override
    public Set<OperationKind> carries() {
        return provider.carries();
    }

    @Override
    public Set<String> settings() {
        return provider.settings();
    }

    @Override
    public Transport create(TransportContext context) {
        MessageBus made = (MessageBus) provider.create(context);
        bus = made;
        onCreate.accept(made);
        return made;
    }
}

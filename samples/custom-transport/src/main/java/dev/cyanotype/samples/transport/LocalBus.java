/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.transport;

import dev.cyanotype.spi.OperationKind;
import dev.cyanotype.spi.Settings;
import dev.cyanotype.spi.Transport;
import dev.cyanotype.spi.TransportContext;
import dev.cyanotype.spi.TransportProvider;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;

/**
 * Carries actions and listeners between the processes of one machine; its id is {@code local-bus}.
 *
 * <p>Setting {@code local-bus.path} is a directory in which each process has a socket; without it messages stay in the process. Who may
 * write there may send and be asked, so let it be yours alone. It has no broker that could fail, and nothing that outlives a process:
 * replies to requests with an idempotency key are known as long as the replica that gave them, and it has no streams.
 */
public final class LocalBus implements TransportProvider {

    private static final String PATH = "local-bus.path";

    /** As {@link java.util.ServiceLoader} makes it. */
    public LocalBus() {}

    @Override
    public String id() {
        return "local-bus";
    }

    @Override
    public Set<OperationKind> carries() {
        return Set.of(OperationKind.ACTION, OperationKind.LISTENER);
    }

    @Override
    public Set<String> settings() {
        return Set.of(PATH);
    }

    @Override
    public boolean isEnabled(Settings settings) {
        return settings.text(PATH) != null;
    }

    @Override
    public Transport create(TransportContext context) {
        return new LocalBusTransport(
                context, Path.of(Objects.requireNonNull(context.settings().text(PATH), PATH)));
    }
}

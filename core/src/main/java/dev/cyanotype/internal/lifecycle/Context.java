/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.lifecycle;

import dev.cyanotype.internal.assembly.Assembly;
import dev.cyanotype.spi.AppClock;
import dev.cyanotype.spi.Dispatcher;
import dev.cyanotype.spi.MessageJson;
import dev.cyanotype.spi.MountedOperation;
import dev.cyanotype.spi.OperationKind;
import dev.cyanotype.spi.Settings;
import dev.cyanotype.spi.Transport;
import dev.cyanotype.spi.TransportContext;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * What transports get.
 *
 * @param transports those made so far
 */
record Context(
        String app,
        Assembly assembly,
        Dispatcher dispatcher,
        Settings settings,
        MessageJson json,
        Executor executor,
        AppClock clock,
        Collection<Transport> transports)
        implements TransportContext {

    @Override
    public List<MountedOperation> operations(OperationKind kind) {
        return assembly.operations(kind);
    }

    @Override
    public <T> Optional<T> offered(Class<T> type) {
        return transports.stream()
                .flatMap(transport -> transport.as(type).stream())
                .findFirst();
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.bus;

import dev.cyanotype.spi.MessageBus;
import dev.cyanotype.spi.OperationKind;
import dev.cyanotype.spi.TransportContext;
import dev.cyanotype.spi.TransportProvider;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** Makes the in-process bus for apps that have no other; never found, so that it is in nobody's way. */
public final class LocalProvider implements TransportProvider {

    /** What settings and messages call it. */
    public static final String ID = "local";

    /** What only a bus can carry. */
    public static final Set<OperationKind> KINDS =
            Collections.unmodifiableSet(EnumSet.of(OperationKind.ACTION, OperationKind.LISTENER, OperationKind.STREAM));

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Set<OperationKind> carries() {
        return KINDS;
    }

    @Override
    public MessageBus create(TransportContext context) {
        return new LocalBus(context);
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.lifecycle;

import dev.cyanotype.internal.assembly.Assembly;
import dev.cyanotype.internal.plugin.Unresolved;
import dev.cyanotype.spi.MountedOperation;
import dev.cyanotype.spi.OperationKind;
import dev.cyanotype.spi.TransportException;
import dev.cyanotype.spi.TransportProvider;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which transport carries which kind of operations.
 *
 * @param name the app's
 */
record Carriers(String name, Assembly assembly, List<TransportProvider> providers) {

    private static final Set<OperationKind> CARRIED =
            EnumSet.complementOf(EnumSet.of(OperationKind.TASK, OperationKind.THREAD));

    /** Refuses two carriers of one kind, and operations that nobody carries. */
    void check() {
        Map<OperationKind, TransportProvider> carriers = new EnumMap<>(OperationKind.class);
        for (TransportProvider provider : providers) {
            for (OperationKind kind : provider.carries()) {
                if (kind == OperationKind.TASK || kind == OperationKind.THREAD) {
                    throw new TransportException(
                            "transport '%s' carries %s, which the app runs itself (expected: %s). Leave them out."
                                    .formatted(provider.id(), kind.traffic(), CARRIED),
                            null);
                }
                TransportProvider other = carriers.putIfAbsent(kind, provider);
                if (other != null) {
                    throw new TransportException(
                            "transports '%s' and '%s' both carry %s. Remove one, or leave one out: transports.exclude=%s."
                                    .formatted(other.id(), provider.id(), kind.traffic(), other.id()),
                            null);
                }
            }
        }
        requireAll();
    }

    /** Refuses operations that no provider carries. */
    void requireAll() {
        require(OperationKind.HTTP);
        require(OperationKind.SOCKET_MESSAGE);
        require(OperationKind.SOCKET);
    }

    private boolean isCarried(OperationKind kind) {
        for (TransportProvider provider : providers) {
            if (provider.carries().contains(kind)) {
                return true;
            }
        }
        return false;
    }

    /** Refuses operations of a kind that nobody carries. */
    void require(OperationKind kind) {
        List<MountedOperation> operations = assembly.operations(kind);
        if (operations.isEmpty() || isCarried(kind)) {
            return;
        }
        String owner = operations.get(0).blueprint();
        long count = operations.stream()
                .filter(operation -> operation.blueprint().equals(owner))
                .count();
        List<String> unresolved = Unresolved.providersOf(TransportProvider.class);
        throw new TransportException(
                "%s declares %d %s%s, but no transport carries %s. Add dev.cyanotype:%s (found: %s).%s"
                        .formatted(
                                owner.isEmpty() ? "app '" + name + "'" : "blueprint '" + owner + "'",
                                count,
                                kind.noun(),
                                count == 1 ? "" : "s",
                                kind.traffic(),
                                kind.artifact(),
                                providers.isEmpty()
                                        ? "none"
                                        : providers.stream()
                                                .map(TransportProvider::id)
                                                .collect(Collectors.joining(", ")),
                                unresolved.isEmpty()
                                        ? ""
                                        : " On the module path, but left out of the program: %s. Name what you need with --add-modules."
                                                .formatted(String.join(", ", unresolved))),
                null);
    }
}

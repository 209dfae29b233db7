/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype;

import dev.cyanotype.internal.assembly.Assembly;
import dev.cyanotype.internal.describe.Table;
import dev.cyanotype.spi.MountedBlueprint;
import dev.cyanotype.spi.MountedOperation;
import java.util.List;

/**
 * What an app consists of, as data; its text is a table.
 *
 * <p>Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class AppDescription {

    private final Assembly assembly;

    AppDescription(Assembly assembly) {
        this.assembly = assembly;
    }

    /**
     * Everything that can be reached or runs by itself.
     *
     * @return the app's own first, then in mounting order; a route is a {@link dev.cyanotype.spi.MountedRoute} for each of
     *     its paths; unmodifiable
     */
    public List<MountedOperation> operations() {
        return List.copyOf(assembly.all());
    }

    /**
     * All places of all blueprints and groups.
     *
     * @return in mounting order, what is around others before them; unmodifiable
     */
    public List<MountedBlueprint> mounts() {
        return List.copyOf(assembly.levels().subList(1, assembly.levels().size()));
    }

    /**
     * All places of one blueprint.
     *
     * @param blueprint any blueprint
     * @return in mounting order; empty if it does not stand on the app
     */
    public List<MountedBlueprint> mounts(Blueprint blueprint) {
        return assembly.levels().stream()
                .filter(level -> level.scope() == blueprint.spec())
                .map(MountedBlueprint.class::cast)
                .toList();
    }

    /** A line for each operation: kind, address, full name, and where it was declared. */
    @Override
    public String toString() {
        Table table = new Table();
        for (MountedOperation operation : assembly.all()) {
            String name = operation.name();
            table.row(operation.kind().noun(), operation.address(), name == null ? "-" : name, operation.source());
        }
        return table.toString();
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.assembly;

import dev.cyanotype.internal.routing.Router;
import dev.cyanotype.spi.MountedOperation;
import dev.cyanotype.spi.OperationKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An app's operations, ready to run. Immutable once it is assembled. */
public final class Assembly {

    private final List<Operation> operations;
    private final Router<Operation.Http> router;
    private final Chain appChain;
    private final int blueprints;
    private final Map<String, Operation.Action> actions = new HashMap<>();

    Assembly(List<Operation> operations, Router<Operation.Http> router, Chain appChain, int blueprints) {
        this.operations = List.copyOf(operations);
        this.router = router;
        this.appChain = appChain;
        this.blueprints = blueprints;
        for (Operation.Action action : Operation.only(Operation.Action.class, operations)) {
            actions.put(action.address(), action);
        }
    }

    public Router<Operation.Http> router() {
        return router;
    }

    /** What runs around requests that no route answers. */
    public Chain appChain() {
        return appChain;
    }

    public Operation.@Nullable Action action(String name) {
        return actions.get(name);
    }

    public List<Operation.Task> tasks() {
        return Operation.only(Operation.Task.class, operations);
    }

    /** All operations of a kind, in the order they were declared. */
    public List<MountedOperation> operations(OperationKind kind) {
        return operations.stream()
                .filter(operation -> operation.kind() == kind)
                .map(MountedOperation.class::cast)
                .toList();
    }

    public int size() {
        return operations.size();
    }

    /** The number of mounted blueprints, each counted once. */
    public int blueprints() {
        return blueprints;
    }
}

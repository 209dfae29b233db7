/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.assembly;

import dev.cyanotype.internal.routing.Match;
import dev.cyanotype.internal.routing.PrefixTree;
import dev.cyanotype.internal.routing.Router;
import dev.cyanotype.internal.spec.LifecycleSpec;
import dev.cyanotype.spi.MountedOperation;
import dev.cyanotype.spi.OperationKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An app's operations, ready to run. Immutable once it is assembled. */
public final class Assembly {

    private final List<Operation> operations;
    private final Router<Operation.Http> router;
    private final PrefixTree<Level> owners;
    private final List<Level> levels;
    private final List<StartHook> startHooks;
    private final List<MountedCheck> checks;
    private final SocketHooks socketHooks;
    private final int blueprints;
    private final Map<OperationKind, List<MountedOperation>> byKind;
    private final Map<String, Operation.Socket> socketMessages = new HashMap<>();
    private final Map<String, Operation.Action> actions = new HashMap<>();
    private final Map<String, List<Operation.Http>> routes = new HashMap<>();

    Assembly(
            List<Operation> operations,
            Router<Operation.Http> router,
            PrefixTree<Level> owners,
            List<Level> levels,
            List<StartHook> startHooks,
            List<MountedCheck> checks,
            SocketHooks socketHooks,
            int blueprints) {
        this.operations = List.copyOf(operations);
        this.router = router;
        this.owners = owners;
        this.levels = List.copyOf(levels);
        this.startHooks = new ArrayList<>(startHooks);
        this.startHooks.sort(
                Comparator.comparingInt((StartHook hook) -> -hook.spec().priority()));
        this.checks = List.copyOf(checks);
        this.socketHooks = socketHooks;
        this.blueprints = blueprints;
        Map<OperationKind, List<MountedOperation>> kinds = new EnumMap<>(OperationKind.class);
        for (Operation operation : operations) {
            kinds.computeIfAbsent(operation.kind(), kind -> new ArrayList<>()).add(operation);
            if (operation instanceof Operation.Socket message) {
                socketMessages.put(message.address(), message);
            } else if (operation instanceof Operation.Action action) {
                actions.put(action.address(), action);
            } else if (operation instanceof Operation.Http route && route.name() != null) {
                routes.computeIfAbsent(route.name(), name -> new ArrayList<>(1)).add(route);
            }
        }
        kinds.replaceAll((kind, all) -> List.copyOf(all));
        this.byKind = kinds;
    }

    public Router<Operation.Http> router() {
        return router;
    }

    /** The app itself. */
    public Level app() {
        return levels.get(0);
    }

    /** All scopes in all places, the app first, then in mounting order. */
    public List<Level> levels() {
        return levels;
    }

    /**
     * Whose hooks and error handlers run for a request that no route answers.
     *
     * @return null for the app's
     */
    public @Nullable Match<PrefixTree.Owner<Level>> owner(String host, String path) {
        return owners.find(host, path);
    }

    /** The start and stop hooks of a phase, in the order of starting. */
    public List<StartHook> startHooks(LifecycleSpec.Phase phase) {
        List<StartHook> all = new ArrayList<>();
        for (StartHook hook : startHooks) {
            if (hook.spec().phase() == phase) {
                all.add(hook);
            }
        }
        return all;
    }

    /** The health checks, in mounting order. */
    public List<MountedCheck> checks() {
        return checks;
    }

    /** All routes of a full name: in several places, in several versions, on several paths. */
    public List<Operation.Http> routes(String name) {
        return routes.getOrDefault(name, List.of());
    }

    public Set<String> routeNames() {
        return routes.keySet();
    }

    public Operation.@Nullable Action action(String name) {
        return actions.get(name);
    }

    /** The handler of a type of websocket messages. */
    public Operation.@Nullable Socket socketMessage(String type) {
        return socketMessages.get(type);
    }

    public SocketHooks socketHooks() {
        return socketHooks;
    }

    /** Whether there are websockets of any kind. */
    public boolean hasSockets() {
        return !operations(OperationKind.SOCKET).isEmpty();
    }

    /** Whether a full name is that of a websocket with a path of its own. */
    public boolean isEndpoint(String name) {
        return routes(name).stream().anyMatch(Operation.Http::isUpgrade);
    }

    /** The app's socket for messages, or null if it has none. */
    public Operation.@Nullable Http messageSocket() {
        for (MountedOperation operation : operations(OperationKind.SOCKET)) {
            if (operation instanceof Operation.Http route && route.endpoint() == null) {
                return route;
            }
        }
        return null;
    }

    public List<TaskOperation> tasks() {
        return only(TaskOperation.class, OperationKind.TASK);
    }

    public List<WorkerOperation> workers() {
        return only(WorkerOperation.class, OperationKind.THREAD);
    }

    private <T extends Operation> List<T> only(Class<T> type, OperationKind kind) {
        List<T> only = new ArrayList<>();
        for (MountedOperation operation : operations(kind)) {
            only.add(type.cast(operation));
        }
        return only;
    }

    /** All operations, in the order they were declared. */
    public List<Operation> all() {
        return operations;
    }

    /** All operations of a kind, in the order they were declared. */
    public List<MountedOperation> operations(OperationKind kind) {
        return byKind.getOrDefault(kind, List.of());
    }

    public int size() {
        return operations.size();
    }

    /** The number of mounted blueprints, each counted once. */
    public int blueprints() {
        return blueprints;
    }
}

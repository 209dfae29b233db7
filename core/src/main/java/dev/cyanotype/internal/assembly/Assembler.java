/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.assembly;

import dev.cyanotype.exchange.Interceptor;
import dev.cyanotype.http.HttpMethod;
import dev.cyanotype.http.Route;
import dev.cyanotype.internal.assembly.SocketHooks.SocketHook;
import dev.cyanotype.internal.routing.PathPattern;
import dev.cyanotype.internal.routing.PrefixTree;
import dev.cyanotype.internal.routing.Router;
import dev.cyanotype.internal.spec.OperationSpec;
import dev.cyanotype.internal.spec.OperationSpec.ActionSpec;
import dev.cyanotype.internal.spec.OperationSpec.ConnectSpec;
import dev.cyanotype.internal.spec.OperationSpec.ConsumerSpec;
import dev.cyanotype.internal.spec.OperationSpec.DisconnectSpec;
import dev.cyanotype.internal.spec.OperationSpec.ListenerSpec;
import dev.cyanotype.internal.spec.OperationSpec.RouteSpec;
import dev.cyanotype.internal.spec.OperationSpec.SocketSpec;
import dev.cyanotype.internal.spec.OperationSpec.TaskSpec;
import dev.cyanotype.internal.spec.OperationSpec.WorkerSpec;
import dev.cyanotype.internal.spec.ScopeSpec;
import dev.cyanotype.internal.spec.ScopeSpec.MountHook;
import dev.cyanotype.internal.spec.ScopeSpec.MountSpec;
import dev.cyanotype.internal.spec.UpgradeHandler;
import dev.cyanotype.socket.ConnectHook;
import dev.cyanotype.socket.DisconnectHook;
import dev.cyanotype.socket.SocketOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Flattens one app's tree, once. */
public final class Assembler {

    private final boolean override;
    private final Map<String, Predicate<String>> converters;
    private final Router<Operation.Http> router;
    private final PrefixTree<Level> owners;
    private final List<String> problems = new ArrayList<>();
    private final List<String> overridden = new ArrayList<>();

    /** By kind and address, so that a later one can take an earlier one's place. */
    private final Map<String, Operation> unique = new LinkedHashMap<>();

    /** All mounts of a full name. */
    private final Map<String, List<Named>> names = new HashMap<>();

    /** Routes by full name and version. */
    private final Map<String, RouteSpec> routeNames = new HashMap<>();

    /** How many of its methods and hosts a route answers that others have not taken. */
    private final Map<Operation.Http, Integer> placesLeft = new IdentityHashMap<>();

    /** Of the app first, then in mounting order. */
    private final List<StartHook> startHooks = new ArrayList<>();

    /** By full name, in mounting order. */
    private final Map<String, MountedCheck> checks = new LinkedHashMap<>();

    private final List<SocketHook<ConnectHook>> connectHooks = new ArrayList<>();
    private final List<SocketHook<DisconnectHook>> disconnectHooks = new ArrayList<>();

    /** All scopes in all places, in mounting order. */
    private final List<Level> levels = new ArrayList<>();

    private final Map<ScopeSpec, Integer> mounted = new IdentityHashMap<>();
    private final Map<ScopeSpec, Set<String>> actionPrefixes = new IdentityHashMap<>();
    private final SocketOptions sockets;
    private boolean messageSocket;
    private int anonymous;

    private record Named(ScopeSpec scope, @Nullable String version, String source) {}

    /**
     * What came of it.
     *
     * @param assembly null if there are problems
     * @param problems all of them, each with its source lines
     * @param overridden what was replaced by something declared later
     */
    public record Result(@Nullable Assembly assembly, List<String> problems, List<String> overridden) {}

    private Assembler(Map<String, Predicate<String>> converters, SocketOptions sockets, boolean override) {
        this.sockets = sockets;
        this.converters = converters;
        this.router = new Router<>(converters);
        this.owners = new PrefixTree<>(converters, Level::common);
        this.override = override;
    }

    /**
     * Flattens an app.
     *
     * @param converters the registered path converters
     * @param sockets where the socket for messages is, and whether there is more to it than the declared ones
     * @param override whether what is declared later replaces what is in its way
     * @param innermost what stands next to each handler, the outermost first
     */
    public static Result assemble(
            String appName,
            ScopeSpec app,
            Map<String, Predicate<String>> converters,
            SocketOptions sockets,
            boolean override,
            List<Interceptor> innermost) {
        return new Assembler(converters, sockets, override).run(appName, app, innermost);
    }

    private Result run(String appName, ScopeSpec app, List<Interceptor> innermost) {
        Level level = new Level(appName, app, AppHooks.of(app, problems), innermost);
        claim(level);
        operations(level);
        app.mounts().forEach(mount -> mount(level, mount));
        if (messageSocket
                || !connectHooks.isEmpty()
                || !disconnectHooks.isEmpty()
                || !sockets.gateway().isEmpty()) {
            Route upgrade = Route.builder(Set.of(HttpMethod.GET), List.of(sockets.path()), new UpgradeHandler(null))
                    .build();
            route(new RouteSpec(upgrade, app.source()), sockets.path(), level);
        }
        if (problems.isEmpty()) {
            levels.forEach(this::tell);
        }
        Assembly assembly = problems.isEmpty()
                ? new Assembly(
                        new ArrayList<>(unique.values()),
                        router,
                        owners,
                        levels,
                        startHooks,
                        new ArrayList<>(checks.values()),
                        new SocketHooks(connectHooks, disconnectHooks),
                        blueprints())
                : null;
        return new Result(assembly, List.copyOf(problems), List.copyOf(overridden));
    }

    private void tell(Level level) {
        for (MountHook hook : level.scope().mountHooks()) {
            try {
                hook.hook().accept(level);
            } catch (RuntimeException e) {
                problems.add("%s, mounted at %s: the onMount hook (%s) failed: %s"
                        .formatted(level.owner(), level.source(), hook.source(), e));
            }
        }
    }

    private int blueprints() {
        return (int)
                mounted.keySet().stream().filter(scope -> scope.name() != null).count();
    }

    private void mount(Level outer, MountSpec mount) {
        Level level = new Level(outer, mount, !mounted.containsKey(mount.scope()));
        checkName(mount, level);
        if (claim(level)) {
            operations(level);
        }
        mount.scope().mounts().forEach(inner -> mount(level, inner));
    }

    private void checkName(MountSpec mount, Level level) {
        ScopeSpec scope = mount.scope();
        if (scope.name() == null && mount.options().name() == null) {
            return;
        }
        List<Named> all = names.computeIfAbsent(level.name(), name -> new ArrayList<>(1));
        for (Named known : all) {
            if (known.scope() != scope && Objects.equals(known.version(), level.version())) {
                (override ? overridden : problems)
                        .add("'%s': the name of two blueprints, mounted at %s and at %s. Rename one with named(…)."
                                .formatted(level.name(), known.source(), mount.source()));
                break;
            }
        }
        all.add(new Named(scope, level.version(), mount.source()));
    }

    /** Makes a scope the owner of its prefix: what nobody else answers there is answered by its hooks and error handlers. */
    private boolean claim(Level level) {
        levels.add(level);
        try {
            claim(level, level.versionPath(), level.hosts());
            return true;
        } catch (IllegalArgumentException e) {
            problems.add("%s (%s): %s".formatted(level.owner(), level.source(), e.getMessage()));
            return false;
        }
    }

    /**
     * Makes scopes the owners of their prefixes in a version.
     *
     * <p>A scope around another one has its prefix in the inner one's version too; without a prefix it has nothing there.
     */
    private void claim(Level level, String versionPath, List<String> hosts) {
        own(level, versionPath, hosts);
        for (Level around : level.fromApp()) {
            if (around != level && around.hasPath()) {
                own(around, versionPath, around.hosts());
            }
        }
    }

    private void own(Level level, String versionPath, List<String> hosts) {
        PathPattern prefix = PathPattern.parse(level.prefix(versionPath));
        if (hosts.isEmpty()) {
            owners.add(null, prefix, level);
        }
        hosts.forEach(host -> owners.add(host, prefix, level));
    }

    private void operations(Level level) {
        ScopeSpec scope = level.scope();
        mounted.putIfAbsent(scope, mounted.size());
        boolean firstMount = level.first();
        if (firstMount) {
            scope.lifecycle().forEach(spec -> startHooks.add(new StartHook(level, spec)));
            scope.checks().forEach(spec -> check(new MountedCheck(level, spec)));
        }
        boolean firstWithPrefix =
                actionPrefixes.computeIfAbsent(scope, s -> new HashSet<>()).add(level.actionPrefix());
        for (OperationSpec operation : scope.operations()) {
            if (operation instanceof RouteSpec route) {
                checkRouteName(route, level);
                for (String path : route.route().paths()) {
                    route(route, path, level);
                }
            } else if (operation instanceof ActionSpec action) {
                if (firstWithPrefix) {
                    put(new Operation.Action(level, action));
                }
            } else if (operation instanceof SocketSpec socket) {
                messageSocket = true;
                if (firstWithPrefix) {
                    put(new Operation.Socket(level, socket));
                }
            } else if (firstMount && operation instanceof ListenerSpec listener) {
                // One channel may have a listener in each blueprint, so the blueprint is part of the key.
                put(new Operation.Listener(level, listener), mounted.get(scope) + " ");
            } else if (firstMount && operation instanceof ConsumerSpec consumer) {
                // Where the stream's name ends is part of the key: both names may hold what stands between them.
                put(new Operation.Consumer(level, consumer), consumer.stream().length() + " ");
            } else if (firstMount && operation instanceof ConnectSpec connect) {
                connectHooks.add(new SocketHook<>(level, connect.hook()));
            } else if (firstMount && operation instanceof DisconnectSpec disconnect) {
                disconnectHooks.add(new SocketHook<>(level, disconnect.hook()));
            } else if (firstMount && operation instanceof TaskSpec task) {
                put(new TaskOperation(level, task));
            } else if (firstMount && operation instanceof WorkerSpec worker) {
                put(new WorkerOperation(level, worker));
            }
        }
    }

    private void checkRouteName(RouteSpec route, Level level) {
        String name = route.name();
        if (name == null) {
            return;
        }
        String fullName = level.nameOf(name);
        RouteSpec known = routeNames.putIfAbsent(fullName + " " + level.version(), route);
        // One blueprint may stand in several places; where two share a name, that was said already.
        if (known != null
                && known != route
                && names.getOrDefault(level.name(), List.of()).size() < 2) {
            (override ? overridden : problems)
                    .add("%s: two routes have the name '%s' (%s and %s). Rename one."
                            .formatted(level.owner(), name, known.source(), route.source()));
        }
    }

    private void route(RouteSpec spec, String path, Level level) {
        Route route = spec.route();
        try {
            Operation.Http operation = new Operation.Http(level, spec, path, converters);
            boolean elsewhere = !operation.hosts().equals(level.hosts())
                    || !level.versionPathOf(route).equals(level.versionPath());
            if (elsewhere) {
                claim(level, level.versionPathOf(route), operation.hosts());
            }
            unique.put("route " + anonymous++, operation);
            List<String> hosts = operation.hosts();
            placesLeft.put(operation, route.methods().size() * Math.max(1, hosts.size()));
            Set<Operation> inTheWay = new HashSet<>();
            if (hosts.isEmpty()) {
                add(operation, null, level.isStrict(route), inTheWay);
            }
            hosts.forEach(host -> add(operation, host, level.isStrict(route), inTheWay));
        } catch (IllegalArgumentException e) {
            problems.add("%s (%s): %s".formatted(level.owner(), spec.source(), e.getMessage()));
        }
    }

    private void add(Operation.Http operation, @Nullable String host, boolean strict, Set<Operation> inTheWay) {
        operation.slots().forEach((slot, label) -> {
            Operation.Http known = router.add(host, slot, operation.pattern(), strict, operation, override);
            if (known != null && override && placesLeft.merge(known, -1, Integer::sum) == 0) {
                unique.values().remove(known);
            }
            if (known != null && inTheWay.add(known)) {
                String what = label + " " + (host == null ? "" : host) + operation.pattern();
                conflict(
                        what,
                        known.declaration(),
                        operation.declaration(),
                        "Change one path" + (operation.isUpgrade() ? "." : " or method."));
            }
        });
    }

    private void put(Operation operation) {
        put(operation, "");
    }

    private void put(Operation operation, String scope) {
        String key = operation.kind() + " " + scope + operation.address();
        Operation known = unique.put(key, operation);
        if (known != null) {
            conflict(
                    operation.kind().noun() + " '" + operation.address() + "'",
                    known.declaration(),
                    operation.declaration(),
                    "Rename one.");
        }
    }

    private void check(MountedCheck check) {
        MountedCheck known = checks.put(check.name(), check);
        if (known != null) {
            conflict("check '" + check.name() + "'", known.declaration(), check.declaration(), "Rename one.");
        }
    }

    private void conflict(String what, String known, String added, String remedy) {
        if (override) {
            overridden.add("%s: %s replaces %s".formatted(what, added, known));
        } else {
            problems.add("%s: declared by %s and %s. %s".formatted(what, known, added, remedy));
        }
    }
}

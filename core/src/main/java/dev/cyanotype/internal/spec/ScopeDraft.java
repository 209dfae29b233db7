/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.spec;

import dev.cyanotype.internal.spec.OperationSpec.RouteSpec;
import dev.cyanotype.internal.spec.ScopeSpec.MountHook;
import dev.cyanotype.internal.spec.ScopeSpec.MountSpec;
import dev.cyanotype.spi.MountedBlueprint;
import dev.cyanotype.task.LifecycleHook;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Collects a scope; what is built from it never changes afterwards. */
public final class ScopeDraft {

    private final @Nullable String name;
    private final String where;
    private final String source;
    private final OptionsDraft options;
    private final HooksDraft hooks;
    private final HooksDraft appWide;
    private final List<OperationSpec> operations = new ArrayList<>();
    private final List<MountSpec> mounts = new ArrayList<>();
    private final List<LifecycleSpec> lifecycle = new ArrayList<>();
    private final List<MountHook> mountHooks = new ArrayList<>();
    private final List<CheckSpec> checks = new ArrayList<>();
    private final Set<OperationSpec> inherited = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<TemplateLocation> templates = new ArrayList<>();
    private int positions;
    private boolean built;

    private ScopeDraft(@Nullable String name, String where, @Nullable ScopeSpec start) {
        this.name = name;
        this.where = where;
        this.source = Source.caller();
        this.options = new OptionsDraft(
                where, "Use toBuilder() to change a copy.", start == null ? Options.NONE : start.options());
        this.hooks = new HooksDraft(where, this::nextPosition, start == null ? HookSpecs.NONE : start.hooks());
        this.appWide = new HooksDraft(where, this::nextPosition, start == null ? HookSpecs.NONE : start.appWide());
        if (start != null) {
            operations.addAll(start.operations());
            mounts.addAll(start.mounts());
            lifecycle.addAll(start.lifecycle());
            mountHooks.addAll(start.mountHooks());
            checks.addAll(start.checks());
            inherited.addAll(operations);
            templates.addAll(start.templates());
            positions = start.positions();
        }
    }

    /** A draft of a blueprint. */
    public static ScopeDraft blueprint(String name) {
        return new ScopeDraft(Names.check("blueprint", name), "blueprint '" + name + "'", null);
    }

    /** A draft of a group. */
    public static ScopeDraft group() {
        return new ScopeDraft(null, "group", null);
    }

    /** A draft of an app. */
    public static ScopeDraft app(String name) {
        return new ScopeDraft(null, "app '" + Names.check("app", name) + "'", null);
    }

    /** A draft that starts from a scope, under the same name or another. */
    public static ScopeDraft from(ScopeSpec start, @Nullable String newName, String where) {
        return new ScopeDraft(newName == null ? null : Names.check("blueprint", newName), where, start);
    }

    /** The blueprint's name; null for a group and for an app. */
    public @Nullable String name() {
        return name;
    }

    /** What messages start with. */
    public String where() {
        return where;
    }

    public OptionsDraft options() {
        return options;
    }

    public HooksDraft hooks() {
        return hooks;
    }

    public HooksDraft appWide() {
        return appWide;
    }

    public void add(OperationSpec operation) {
        operations.add(operation);
    }

    /** Puts a route in the place of inherited ones. */
    public void replace(RouteSpec added) {
        InheritedRoutes routes = new InheritedRoutes(
                where, operations.stream().filter(inherited::contains).toList());
        List<RouteSpec> replaced = routes.replacedBy(added.route());
        Set<OperationSpec> gone = Collections.newSetFromMap(new IdentityHashMap<>());
        gone.addAll(replaced);
        int index = 0;
        while (!gone.contains(operations.get(index))) {
            index++;
        }
        operations.removeIf(gone::contains);
        String name = added.name() != null ? added.name() : replaced.get(0).name();
        operations.add(index, new RouteSpec(added.route(), name, added.source()));
    }

    public void mount(ScopeSpec scope, Options mountOptions) {
        mounts.add(new MountSpec(scope, mountOptions, nextPosition(), Source.caller()));
    }

    public void add(LifecycleSpec.Phase phase, int priority, LifecycleHook hook) {
        lifecycle.add(new LifecycleSpec(phase, priority, Objects.requireNonNull(hook, "hook"), Source.caller()));
    }

    public void addMountHook(Consumer<MountedBlueprint> hook) {
        mountHooks.add(new MountHook(Objects.requireNonNull(hook, "hook"), Source.caller()));
    }

    public void add(CheckSpec check) {
        checks.add(check);
    }

    public void templates(TemplateLocation location) {
        templates.add(location);
    }

    public ScopeSpec build() {
        if (built) {
            throw new IllegalStateException(where + " was already built, and later calls did not reach it."
                    + " Use toBuilder() to derive a changed one.");
        }
        built = true;
        return new ScopeSpec(
                name,
                source,
                options.build(),
                hooks.build(),
                appWide.build(),
                operations,
                mounts,
                lifecycle,
                mountHooks,
                checks,
                templates,
                positions);
    }

    /** Takes a build back whose result was refused. */
    public void reopen() {
        built = false;
    }

    private int nextPosition() {
        return positions++;
    }
}

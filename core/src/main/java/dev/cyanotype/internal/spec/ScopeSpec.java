/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.spec;

import dev.cyanotype.spi.MountedBlueprint;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A blueprint, a group or an app as data. Immutable; two are equal only if they are the same object, because what stands
 * once for each blueprint value is told apart by that.
 */
public final class ScopeSpec {

    private final @Nullable String name;
    private final String source;
    private final Options options;
    private final HookSpecs hooks;
    private final HookSpecs appWide;
    private final List<OperationSpec> operations;
    private final List<MountSpec> mounts;
    private final List<LifecycleSpec> lifecycle;
    private final List<MountHook> mountHooks;
    private final List<CheckSpec> checks;
    private final List<TemplateLocation> templates;
    private final int positions;

    /**
     * A scope mounted in another.
     *
     * @param position its place among all declarations of the outer scope
     */
    public record MountSpec(ScopeSpec scope, Options options, int position, String source) {}

    /** Told of every place. */
    public record MountHook(Consumer<MountedBlueprint> hook, String source) {}

    ScopeSpec(
            @Nullable String name,
            String source,
            Options options,
            HookSpecs hooks,
            HookSpecs appWide,
            List<OperationSpec> operations,
            List<MountSpec> mounts,
            List<LifecycleSpec> lifecycle,
            List<MountHook> mountHooks,
            List<CheckSpec> checks,
            List<TemplateLocation> templates,
            int positions) {
        this.name = name;
        this.source = source;
        this.options = options;
        this.hooks = hooks;
        this.appWide = appWide;
        this.operations = List.copyOf(operations);
        this.mounts = List.copyOf(mounts);
        this.lifecycle = List.copyOf(lifecycle);
        this.mountHooks = List.copyOf(mountHooks);
        this.checks = List.copyOf(checks);
        this.templates = List.copyOf(templates);
        this.positions = positions;
    }

    /** The blueprint's name; null for a group and for an app. */
    public @Nullable String name() {
        return name;
    }

    /** The line that started it. */
    public String source() {
        return source;
    }

    public Options options() {
        return options;
    }

    public HookSpecs hooks() {
        return hooks;
    }

    /** What it adds to the hooks of the app it stands on. */
    public HookSpecs appWide() {
        return appWide;
    }

    public List<OperationSpec> operations() {
        return operations;
    }

    public List<MountSpec> mounts() {
        return mounts;
    }

    /** Start and stop hooks, in declared order. */
    public List<LifecycleSpec> lifecycle() {
        return lifecycle;
    }

    public List<MountHook> mountHooks() {
        return mountHooks;
    }

    /** Its health checks, in declared order. */
    public List<CheckSpec> checks() {
        return checks;
    }

    /** Its folders of templates, in declared order. */
    public List<TemplateLocation> templates() {
        return templates;
    }

    /** Where a copy goes on counting declarations. */
    int positions() {
        return positions;
    }
}

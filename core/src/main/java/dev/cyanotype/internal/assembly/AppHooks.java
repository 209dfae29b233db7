/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.assembly;

import dev.cyanotype.internal.spec.ErrorSpec;
import dev.cyanotype.internal.spec.Hook;
import dev.cyanotype.internal.spec.HookSpecs;
import dev.cyanotype.internal.spec.ScopeSpec;
import dev.cyanotype.internal.spec.ScopeSpec.MountSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Gathers the hooks of an app: its own, and those that mounted blueprints add, each in its place among them. */
final class AppHooks {

    /** What a mount of the app adds, and its place among the app's declarations; the app's own keep theirs. */
    private record Added(HookSpecs hooks, int position) {

        static final int OWN = -1;
    }

    private final HookSpecs own;
    private final List<Added> added = new ArrayList<>();
    private final Set<ScopeSpec> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private AppHooks(ScopeSpec app) {
        this.own = app.hooks();
    }

    static HookSpecs of(ScopeSpec app, List<String> problems) {
        AppHooks hooks = new AppHooks(app);
        hooks.added.add(new Added(app.appWide(), Added.OWN));
        for (MountSpec mount : app.mounts()) {
            hooks.collect(mount.scope(), mount.position());
        }
        return hooks.merged(problems);
    }

    private void collect(ScopeSpec scope, int position) {
        if (seen.add(scope)) {
            added.add(new Added(scope.appWide(), position));
            for (MountSpec mount : scope.mounts()) {
                collect(mount.scope(), position);
            }
        }
    }

    private HookSpecs merged(List<String> problems) {
        return new HookSpecs(
                merged(HookSpecs::urlValues),
                merged(HookSpecs::urlDefaults),
                merged(HookSpecs::before),
                merged(HookSpecs::after),
                merged(HookSpecs::teardown),
                merged(HookSpecs::interceptors),
                merged(HookSpecs::models),
                errors(problems));
    }

    private <T> List<Hook<T>> merged(Function<HookSpecs, List<Hook<T>>> kind) {
        List<Hook<T>> all = new ArrayList<>(kind.apply(own));
        for (Added more : added) {
            for (Hook<T> hook : kind.apply(more.hooks())) {
                int position = more.position() == Added.OWN ? hook.position() : more.position();
                all.add(new Hook<>(hook.hook(), hook.priority(), position, hook.source()));
            }
        }
        // Stable: what one mount adds keeps its order.
        all.sort(Comparator.comparingInt(Hook::position));
        return all;
    }

    private List<ErrorSpec> errors(List<String> problems) {
        List<ErrorSpec> all = new ArrayList<>(own.errors());
        for (Added more : added) {
            for (ErrorSpec error : more.hooks().errors()) {
                for (ErrorSpec known : all) {
                    if (known.collidesWith(error)) {
                        problems.add("errors %s: app-wide handlers at %s and at %s. Keep one."
                                .formatted(error.key(), known.source(), error.source()));
                    }
                }
                all.add(error);
            }
        }
        return all;
    }
}

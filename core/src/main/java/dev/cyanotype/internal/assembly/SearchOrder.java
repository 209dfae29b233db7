/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.assembly;

import dev.cyanotype.internal.spec.ScopeSpec;
import dev.cyanotype.internal.spec.ScopeSpec.MountSpec;
import dev.cyanotype.internal.spec.TemplateLocation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Where a scope's templates are looked for: the app's folders, its own, those around it, all others. */
final class SearchOrder {

    private final List<TemplateLocation> app;
    private final List<TemplateLocation> nearestFirst;
    private final List<TemplateLocation> all;
    private final List<TemplateLocation> locations;

    private SearchOrder(List<TemplateLocation> app, List<TemplateLocation> nearestFirst, List<TemplateLocation> all) {
        this.app = app;
        this.nearestFirst = nearestFirst;
        this.all = all;
        Set<TemplateLocation> once = new LinkedHashSet<>(app);
        once.addAll(nearestFirst);
        once.addAll(all);
        this.locations = List.copyOf(once);
    }

    /** That of the app itself. */
    static SearchOrder of(ScopeSpec app) {
        List<TemplateLocation> all = new ArrayList<>();
        collect(app, all);
        return new SearchOrder(app.templates(), List.of(), all);
    }

    /** In mounting order, an outer scope before those mounted in it. */
    private static void collect(ScopeSpec scope, List<TemplateLocation> all) {
        all.addAll(scope.templates());
        for (MountSpec mount : scope.mounts()) {
            collect(mount.scope(), all);
        }
    }

    /** That of a scope mounted in this one. */
    SearchOrder inside(ScopeSpec scope) {
        if (scope.templates().isEmpty()) {
            return this;
        }
        List<TemplateLocation> nearer = new ArrayList<>(scope.templates());
        nearer.addAll(nearestFirst);
        return new SearchOrder(app, nearer, all);
    }

    List<TemplateLocation> locations() {
        return locations;
    }
}

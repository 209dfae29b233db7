/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.spec;

import dev.cyanotype.http.HttpMethod;
import dev.cyanotype.http.Route;
import dev.cyanotype.internal.routing.PathJoin;
import dev.cyanotype.internal.routing.PathPattern;
import dev.cyanotype.internal.spec.OperationSpec.RouteSpec;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The routes that a copy has inherited, and which of them a new one replaces. */
final class InheritedRoutes {

    private final String where;
    private final List<RouteSpec> routes = new ArrayList<>();

    InheritedRoutes(String where, List<OperationSpec> inherited) {
        this.where = where;
        for (OperationSpec operation : inherited) {
            if (operation instanceof RouteSpec route) {
                routes.add(route);
            }
        }
    }

    /**
     * The routes that stand where a new one is to stand.
     *
     * @return one or more, which answer nothing but what the new one answers
     * @throws IllegalArgumentException if there is none in one of its places, or if they answer more than it does
     */
    List<RouteSpec> replacedBy(Route added) {
        Set<RouteSpec> replaced = new LinkedHashSet<>();
        Set<String> wanted = places(added);
        for (String place : wanted) {
            List<RouteSpec> there = routes.stream()
                    .filter(route -> places(route.route()).contains(place) && isMeant(route.route(), added))
                    .toList();
            if (there.size() != 1) {
                throw new IllegalArgumentException(there.isEmpty() ? nothingAt(place) : severalAt(place, there));
            }
            replaced.addAll(there);
        }
        for (RouteSpec route : replaced) {
            Set<String> rest = places(route.route());
            rest.removeAll(wanted);
            if (!rest.isEmpty()) {
                throw new IllegalArgumentException(
                        "%s: replace: the inherited route (%s) also answers %s. Replace it as a whole with replace(Route)."
                                .formatted(where, route.source(), rest));
            }
        }
        return List.copyOf(replaced);
    }

    /** Where several hosts or versions have a route of one path, the new one says which it means. */
    private static boolean isMeant(Route route, Route added) {
        return (added.hosts().isEmpty() || added.hosts().equals(route.hosts()))
                && (added.subdomain() == null || added.subdomain().equals(route.subdomain()))
                && (added.version() == null || added.version().equals(route.version()));
    }

    private String nothingAt(String place) {
        return "%s: replace: nothing inherited answers %s (inherited: %s). Declare it as a new route."
                .formatted(
                        where,
                        place,
                        routes.stream()
                                .flatMap(route -> places(route.route()).stream())
                                .collect(Collectors.toCollection(TreeSet::new)));
    }

    private String severalAt(String place, List<RouteSpec> there) {
        return "%s: replace: several inherited routes answer %s (%s). Say which with host(…) or version(…)."
                .formatted(where, place, there.stream().map(RouteSpec::source).collect(Collectors.joining(", ")));
    }

    private static Set<String> places(Route route) {
        Set<String> places = new LinkedHashSet<>();
        boolean upgrade = route.handler() instanceof UpgradeHandler;
        for (HttpMethod method : route.methods()) {
            for (String path : route.paths()) {
                String shape = PathPattern.parse(PathJoin.join("", path)).shape();
                places.add((upgrade ? "websocket" : method) + " " + (shape.isEmpty() ? "/" : shape));
            }
        }
        return places;
    }
}

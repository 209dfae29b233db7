/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.urls;

import dev.cyanotype.http.Route;
import dev.cyanotype.http.UrlBuildException;
import dev.cyanotype.internal.assembly.Level;
import dev.cyanotype.internal.assembly.Operation;
import dev.cyanotype.internal.spec.ScopeSpec;
import dev.cyanotype.internal.urls.AppUrls.Here;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a name may lead to.
 *
 * @param name as it was asked for, perhaps relative
 * @param routes all of that name: in several places, in several versions, on several paths
 * @param origin scheme and host of absolute URLs, if the app has them
 * @param here null outside a request
 */
record Target(
        String name,
        List<Operation.Http> routes,
        @Nullable String origin,
        @Nullable Here here) {

    /**
     * The paths of one route in one place.
     *
     * @param wanted the chosen version, or null
     */
    List<Operation.Http> inOnePlace(@Nullable String wanted) {
        List<Operation.Http> inVersion = inOneVersion(wanted);
        List<Level> places =
                inVersion.stream().map(Operation.Http::level).distinct().toList();
        if (places.size() > 1 && here != null && name.startsWith(".")) {
            Level current = here.level();
            places = places.stream()
                    .filter(place -> place.fromApp().contains(current)
                            || current.fromApp().contains(place))
                    .toList();
        }
        // Two blueprints of one name are a conflict; where conflicts are allowed, the later one has the name.
        ScopeSpec last = places.isEmpty() ? null : places.get(places.size() - 1).scope();
        places = places.stream().filter(place -> place.scope() == last).toList();
        if (places.size() != 1) {
            throw failure("it leads to several places: "
                    + inVersion.stream()
                            .map(route -> route.path() + " (mounted at "
                                    + route.level().source() + ")")
                            .collect(Collectors.joining(", "))
                    + ". Give each mount a name with named(…).");
        }
        Level place = places.get(0);
        List<Operation.Http> there =
                inVersion.stream().filter(route -> route.level() == place).toList();
        // And so has the later of two routes.
        Route named = there.get(there.size() - 1).route();
        return there.stream().filter(route -> route.route() == named).toList();
    }

    private List<Operation.Http> inOneVersion(@Nullable String wanted) {
        TreeSet<String> versions = routes.stream()
                .map(Operation.Http::version)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(() -> new TreeSet<>(BY_NUMBER)));
        if (wanted != null) {
            if (!versions.contains(wanted)) {
                throw failure("there is no version '" + wanted + "' (expected: one of " + versions + ")");
            }
            return in(wanted);
        }
        boolean allTheSame =
                routes.stream().map(Operation.Http::version).distinct().count() == 1;
        if (allTheSame) {
            return routes;
        }
        String current = here == null ? null : here.version();
        boolean keepsCurrent = routes.stream().anyMatch(route -> Objects.equals(route.version(), current));
        return in(here != null && keepsCurrent ? current : versions.last());
    }

    private List<Operation.Http> in(@Nullable String version) {
        return routes.stream()
                .filter(route -> Objects.equals(route.version(), version))
                .toList();
    }

    UrlBuildException failure(String what) {
        return new UrlBuildException("url '" + name + "': " + what);
    }

    /** Part by part, numbers by their value: 1.9 before 1.10. */
    private static final Comparator<String> BY_NUMBER = (a, b) -> {
        String[] as = a.split("[._-]");
        String[] bs = b.split("[._-]");
        for (int i = 0; i < Math.min(as.length, bs.length); i++) {
            boolean numbers = isNumber(as[i]) && isNumber(bs[i]);
            int order = numbers
                    ? Integer.compare(Integer.parseInt(as[i]), Integer.parseInt(bs[i]))
                    : as[i].compareTo(bs[i]);
            if (order != 0) {
                return order;
            }
        }
        return as.length != bs.length ? Integer.compare(as.length, bs.length) : a.compareTo(b);
    };

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.length() < 10 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}

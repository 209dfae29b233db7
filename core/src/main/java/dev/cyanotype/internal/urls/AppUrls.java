/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.urls;

import dev.cyanotype.http.HttpContext;
import dev.cyanotype.http.Url;
import dev.cyanotype.http.UrlBuildException;
import dev.cyanotype.http.Urls;
import dev.cyanotype.internal.assembly.Assembly;
import dev.cyanotype.internal.assembly.Level;
import dev.cyanotype.internal.assembly.Operation;
import dev.cyanotype.internal.spec.Names;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The URLs of one app, as they are seen from a request or from anywhere. Thread-safe, as far as the request is. */
public final class AppUrls implements Urls {

    private final Assembly assembly;
    private final @Nullable String origin;
    private final @Nullable Here here;

    /**
     * The request during which URLs are built.
     *
     * @param level the scope that answers it
     * @param version the version of its route, or null
     */
    public record Here(
            HttpContext ctx, Level level, @Nullable String version) {

        /** What the client asked for, if it said so. */
        @Nullable
        String origin() {
            String host = ctx.header("Host");
            return host == null || host.isEmpty() ? null : ctx.scheme() + "://" + host;
        }
    }

    /**
     * URLs of an app.
     *
     * @param origin scheme and host of absolute ones, or null for those of the request
     * @param here null outside a request
     */
    public AppUrls(Assembly assembly, @Nullable String origin, @Nullable Here here) {
        this.assembly = assembly;
        this.origin = origin;
        this.here = here;
    }

    @Override
    public Url to(String name) {
        Objects.requireNonNull(name, "name");
        return new RouteUrl(target(name, assembly.routes(full(name))));
    }

    @Override
    public Url file(String name, String file) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(file, "file");
        List<Operation.Http> routes = assembly.routes(full(name));
        Target target = target(name, routes);
        if (!routes.stream().allMatch(Operation.Http::isFiles)) {
            throw new UrlBuildException("url '%s': this is a route (%s), not files (expected: what files(…) or file(…)"
                            .formatted(name, routes.get(0).source())
                    + " declared). Use to(…).");
        }
        int start = 0;
        while (start < file.length() && file.charAt(start) == '/') {
            start++;
        }
        String inside = file.substring(start);
        Url url = new RouteUrl(target);
        for (Operation.Http route : routes) {
            if (!inside.isEmpty() && route.restName() != null) {
                return url.with(route.restName(), inside);
            }
        }
        return url;
    }

    private String full(String name) {
        if (!name.startsWith(".")) {
            return name;
        }
        if (here == null) {
            throw new UrlBuildException(
                    "url '" + name + "': a relative name needs a request (expected: a full name, e.g."
                            + " 'users.show'). Use ctx.urls() in a handler.");
        }
        String inside = here.level().name();
        return inside.isEmpty() ? name.substring(1) : inside + name;
    }

    private Target target(String name, List<Operation.Http> routes) {
        if (routes.isEmpty()) {
            String full = full(name);
            String closest = Names.closest(full, assembly.routeNames());
            throw new UrlBuildException("url '%s': no route has the name '%s'.".formatted(name, full)
                    + (closest == null ? " Name one with r -> r.name(…)." : " Did you mean '" + closest + "'?"));
        }
        return new Target(name, routes, origin, here);
    }
}

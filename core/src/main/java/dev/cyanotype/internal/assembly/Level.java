/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.assembly;

import dev.cyanotype.http.Route;
import dev.cyanotype.internal.assembly.Operation.Place;
import dev.cyanotype.internal.routing.PathJoin;
import dev.cyanotype.internal.spec.HookSpecs;
import dev.cyanotype.internal.spec.Options;
import dev.cyanotype.internal.spec.OptionsDraft;
import dev.cyanotype.internal.spec.ScopeSpec;
import dev.cyanotype.internal.spec.ScopeSpec.MountSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One scope in one place, with all that it inherits there.
 *
 * <p>Of each option two values are carried inwards: what mounts say, the innermost first, and what the scopes themselves
 * say, the nearest first. A route's own value beats both, and the mounts' beats the scopes'.
 */
final class Level {

    private static final String DEFAULT_VERSION_PREFIX = "/v";

    private final String name;
    private final String path;
    private final String actionPrefix;
    private final Options mounts;
    private final Options scopes;
    private final String subdomains;
    private final List<HookSpecs> hooks;
    private final List<ErrorScope> errors;
    private final Chain chain;
    private final Place place;

    private Level(
            String name,
            String path,
            String actionPrefix,
            Options mounts,
            Options scopes,
            String subdomains,
            List<HookSpecs> hooks,
            List<ErrorScope> errors,
            String owner) {
        this.name = name;
        this.path = path;
        this.actionPrefix = actionPrefix;
        this.mounts = mounts;
        this.scopes = scopes;
        this.subdomains = subdomains;
        this.hooks = hooks;
        this.errors = errors;
        this.chain = Chain.compile(hooks, errors);
        this.place = new Place(name, owner);
    }

    /**
     * The app itself.
     *
     * @param appHooks its own and those its blueprints add
     */
    static Level app(String appName, ScopeSpec app, HookSpecs appHooks) {
        Options own = app.options();
        return new Level(
                "",
                own.prefix() == null ? "" : own.prefix(),
                "",
                Options.NONE,
                own,
                own.subdomain() == null ? "" : own.subdomain(),
                List.of(appHooks),
                List.of(new ErrorScope(appHooks.errors())),
                "app '" + appName + "'");
    }

    /** The scope of a mount in this one. */
    Level inside(MountSpec mount) {
        Options own = mount.scope().options();
        Options given = mount.options();
        String element = given.name() != null
                ? given.name()
                : mount.scope().name() != null ? mount.scope().name() : own.namePrefix();
        String inner = element == null ? name : name.isEmpty() ? element : name + "." + element;
        String prefix = given.prefix() != null ? given.prefix() : own.prefix();
        String front = given.under() == null ? path : PathJoin.join(path, given.under());

        boolean ownHost = given.host() != null || own.host() != null && mounts.host() == null;
        String subdomain = given.subdomain() != null ? given.subdomain() : own.subdomain();
        String outerSubdomains = ownHost ? "" : subdomains;
        String allSubdomains = subdomain == null
                ? outerSubdomains
                : outerSubdomains.isEmpty() ? subdomain : subdomain + "." + outerSubdomains;

        return new Level(
                inner,
                prefix == null || prefix.isEmpty() ? front : PathJoin.join(front, prefix),
                given.actionPrefix() == null ? actionPrefix : actionPrefix + given.actionPrefix(),
                nearest(given, mounts),
                nearest(own, scopes),
                allSubdomains,
                plus(hooks, mount.scope().hooks()),
                plus(errors, new ErrorScope(mount.scope().hooks().errors())),
                mount.scope().name() == null ? place.owner() : "'" + inner + "'");
    }

    String name() {
        return name;
    }

    Chain chain() {
        return chain;
    }

    Place place() {
        return place;
    }

    String actionPrefix() {
        return actionPrefix;
    }

    /** The full name of an operation declared here. */
    String nameOf(String operation) {
        return name.isEmpty() ? operation : name + "." + operation;
    }

    /** The version that holds here, or null. */
    @Nullable
    String version() {
        return mounts.version() != null ? mounts.version() : scopes.version();
    }

    /** The full path of a route declared here. */
    String pathOf(Route route, String routePath) {
        String joined = PathJoin.join(path, routePath);
        String version = route.version() != null ? OptionsDraft.version(name, route.version()) : version();
        if (version == null) {
            return joined.isEmpty() ? "/" : joined;
        }
        String front = first(route.versionPrefix(), mounts.versionPrefix(), scopes.versionPrefix());
        return PathJoin.join((front == null ? DEFAULT_VERSION_PREFIX : front) + version, joined);
    }

    boolean isStrict(Route route) {
        Boolean strict = route.strictSlashes();
        if (strict == null) {
            strict = mounts.strictSlashes() != null ? mounts.strictSlashes() : scopes.strictSlashes();
        }
        return strict != null && strict;
    }

    /**
     * The host of a route declared here, or null for every host.
     *
     * @throws IllegalArgumentException if there is a subdomain and no host
     */
    @Nullable
    String hostOf(Route route) {
        if (route.host() != null) {
            return OptionsDraft.host(name, "host", route.host());
        }
        String host = mounts.host() != null ? mounts.host() : scopes.host();
        if (subdomains.isEmpty()) {
            return host;
        }
        if (host == null) {
            throw new IllegalArgumentException("subdomain '" + subdomains
                    + "' has no host to stand in front of. Set host(…) on the app or on an enclosing scope.");
        }
        return subdomains + "." + host;
    }

    private static Options nearest(Options inner, Options outer) {
        return new Options(
                null,
                null,
                null,
                first(inner.version(), outer.version()),
                first(inner.versionPrefix(), outer.versionPrefix()),
                first(inner.host(), outer.host()),
                null,
                inner.strictSlashes() != null ? inner.strictSlashes() : outer.strictSlashes(),
                null,
                null);
    }

    private static @Nullable String first(@Nullable String... values) {
        for (String value : values) {
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    private static <T> List<T> plus(List<T> list, T last) {
        List<T> all = new ArrayList<>(list);
        all.add(last);
        return List.copyOf(all);
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.assembly;

import dev.cyanotype.exchange.Attribute;
import dev.cyanotype.exchange.Interceptor;
import dev.cyanotype.http.Route;
import dev.cyanotype.internal.routing.PathJoin;
import dev.cyanotype.internal.spec.HookSpecs;
import dev.cyanotype.internal.spec.Options;
import dev.cyanotype.internal.spec.OptionsDraft;
import dev.cyanotype.internal.spec.ScopeSpec;
import dev.cyanotype.internal.spec.ScopeSpec.MountSpec;
import dev.cyanotype.spi.MountedBlueprint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One scope in one place, with all that it inherits there.
 *
 * <p>Of each option two values are carried inwards: what mounts say, the innermost first, and what the scopes themselves
 * say, the nearest first. A route's own value beats both, and the mounts' beats the scopes'.
 */
public final class Level implements MountedBlueprint {

    private static final String DEFAULT_VERSION_PREFIX = "/v";

    private final String app;
    private final boolean first;
    private final @Nullable Level outer;
    private final ScopeSpec scope;
    private final String source;
    private final String name;
    private final String owner;
    private final List<String> blueprints;
    private final String path;
    private final String actionPrefix;
    private final Options mounts;
    private final Options scopes;
    private final String subdomains;
    private final HookSpecs hooks;
    private final ErrorScope errors;
    private final SearchOrder templates;
    private final Map<Attribute<?>, Object> attributes;
    private final Map<String, String> urlDefaults;
    private final List<Interceptor> innermost;
    private final Chain chain;

    /**
     * The app itself.
     *
     * @param appHooks its own and those its blueprints add
     * @param innermost what stands next to each handler
     */
    Level(String appName, ScopeSpec app, HookSpecs appHooks, List<Interceptor> innermost) {
        Options own = app.options();
        this.app = appName;
        this.first = true;
        this.outer = null;
        this.scope = app;
        this.source = app.source();
        this.name = "";
        this.owner = "app '" + appName + "'";
        this.blueprints = List.of();
        this.path = own.prefix() == null ? "" : PathJoin.join(own.prefix(), "");
        this.actionPrefix = "";
        this.mounts = Options.NONE;
        this.scopes = own;
        this.subdomains = own.subdomain() == null ? "" : own.subdomain();
        this.hooks = appHooks;
        this.errors = new ErrorScope(appHooks.errors());
        this.templates = SearchOrder.of(app);
        this.attributes = own.attributes();
        this.urlDefaults = own.urlDefaults();
        this.innermost = innermost;
        this.chain = Chain.compile(List.of(this), innermost);
    }

    /**
     * The scope of a mount in another.
     *
     * @param first whether the scope has no other place so far
     */
    Level(Level outer, MountSpec mount, boolean first) {
        Options own = mount.scope().options();
        Options given = mount.options();
        String element = given.name() != null
                ? given.name()
                : mount.scope().name() != null ? mount.scope().name() : own.namePrefix();
        String prefix = given.prefix() != null ? given.prefix() : own.prefix();
        String front = given.under() == null ? outer.path : PathJoin.join(outer.path, given.under());
        boolean ownHosts = given.hosts() != null || own.hosts() != null && outer.mounts.hosts() == null;
        String subdomain = given.subdomain() != null ? given.subdomain() : own.subdomain();

        this.app = outer.app;
        this.first = first;
        this.outer = outer;
        this.scope = mount.scope();
        this.source = mount.source();
        this.name = element == null ? outer.name : outer.name.isEmpty() ? element : outer.name + "." + element;
        this.owner = scope.name() == null ? outer.owner : "'" + name + "'";
        this.blueprints = element == null ? outer.blueprints : inFrontOf(name, outer.blueprints);
        this.path = prefix == null || prefix.isEmpty() ? front : PathJoin.join(front, prefix);
        this.actionPrefix =
                given.actionPrefix() == null ? outer.actionPrefix : outer.actionPrefix + given.actionPrefix();
        this.mounts = nearest(given, outer.mounts);
        this.scopes = nearest(own, outer.scopes);
        this.subdomains = subdomains(subdomain, ownHosts ? "" : outer.subdomains);
        this.hooks = scope.hooks();
        this.errors = new ErrorScope(hooks.errors());
        this.templates = outer.templates.inside(scope);
        this.attributes = merged(scopes.attributes(), mounts.attributes());
        this.urlDefaults = merged(scopes.urlDefaults(), mounts.urlDefaults());
        this.innermost = outer.innermost;
        this.chain = Chain.compile(fromApp(), innermost);
    }

    /** How it is called, where it stands, and the line that mounted it. */
    @Override
    public String toString() {
        return owner + " on " + String.join(" or ", hosts()) + path() + " (" + source + ")";
    }

    /** The innermost that encloses both, or is one of them. */
    static Level common(Level a, Level b) {
        List<Level> aroundB = b.fromApp();
        Level common = a;
        while (!aroundB.contains(common) && common.outer != null) {
            common = common.outer;
        }
        return common;
    }

    /** All that enclose this one, the app first, and this one at the end. */
    public List<Level> fromApp() {
        List<Level> all = new ArrayList<>();
        for (Level level = this; level != null; level = level.outer) {
            all.add(level);
        }
        Collections.reverse(all);
        return all;
    }

    @Override
    public String app() {
        return app;
    }

    @Override
    public boolean first() {
        return first;
    }

    @Override
    public <T> @Nullable T attribute(Attribute<T> key) {
        Object value = attributes.get(key);
        return value == null ? null : key.type().cast(value);
    }

    /** The full name of the blueprint in this place; empty for the app. */
    @Override
    public String name() {
        return name;
    }

    /** How messages call it. */
    public String owner() {
        return owner;
    }

    /** The line that mounted it. */
    @Override
    public String source() {
        return source;
    }

    /** The full names of this blueprint and those around it, the nearest first. */
    public List<String> blueprints() {
        return blueprints;
    }

    public ScopeSpec scope() {
        return scope;
    }

    public HookSpecs hooks() {
        return hooks;
    }

    public Chain chain() {
        return chain;
    }

    /** What exchanges find without having set it. */
    public Map<Attribute<?>, Object> attributes() {
        return attributes;
    }

    /** The same for a route declared here. */
    Map<Attribute<?>, Object> attributesOf(Route route) {
        return merged(attributes, route.attributes());
    }

    ErrorScope errors() {
        return errors;
    }

    SearchOrder templates() {
        return templates;
    }

    String actionPrefix() {
        return actionPrefix;
    }

    /** The full name of an operation declared here. */
    String nameOf(String operation) {
        return name.isEmpty() ? operation : name + "." + operation;
    }

    /** The version that holds here, or null. */
    @Override
    public @Nullable String version() {
        return mounts.version() != null ? mounts.version() : scopes.version();
    }

    /** The version of a route declared here, or null. */
    @Nullable
    String versionOf(Route route) {
        return route.version() != null ? OptionsDraft.version(name, route.version()) : version();
    }

    /** What stands before the paths declared here. */
    String versionPath() {
        return versionPath(version(), null);
    }

    /** What stands before the path of a route declared here. */
    String versionPathOf(Route route) {
        return versionPath(versionOf(route), route.versionPrefix());
    }

    private String versionPath(@Nullable String version, @Nullable String ownPrefix) {
        if (version == null) {
            return "";
        }
        String front = first(ownPrefix, mounts.versionPrefix(), scopes.versionPrefix());
        return (front == null ? DEFAULT_VERSION_PREFIX : front) + version;
    }

    @Override
    public String path() {
        String whole = prefix(versionPath());
        return whole.isEmpty() ? "/" : whole;
    }

    /** The path of what is declared here in a version; empty if there is none. */
    String prefix(String versionPath) {
        return PathJoin.join(versionPath + path, "");
    }

    /** Whether that is more than a slash. */
    boolean hasPath() {
        return path.length() > 1;
    }

    /** The full path of a route declared here. */
    String pathOf(Route route, String routePath) {
        String joined = PathJoin.join(path, routePath);
        String version = versionPathOf(route);
        if (version.isEmpty()) {
            return joined.isEmpty() ? "/" : joined;
        }
        return PathJoin.join(version, joined);
    }

    boolean isStrict(Route route) {
        Boolean strict = first(route.strictSlashes(), mounts.strictSlashes(), scopes.strictSlashes());
        return strict != null && strict;
    }

    /**
     * The hosts of what is declared here; empty for every host.
     *
     * @throws IllegalArgumentException if there is a subdomain and no host
     */
    @Override
    public List<String> hosts() {
        return hosts(first(mounts.hosts(), scopes.hosts()), subdomains);
    }

    /**
     * The hosts of a route declared here; empty for every host.
     *
     * @throws IllegalArgumentException if there is a subdomain and no host
     */
    List<String> hostsOf(Route route) {
        if (route.hosts().isEmpty() && route.subdomain() == null) {
            return hosts();
        }
        boolean own = !route.hosts().isEmpty();
        return hosts(
                own ? OptionsDraft.hosts(name, route.hosts()) : first(mounts.hosts(), scopes.hosts()),
                subdomains(route.subdomain(), own ? "" : subdomains));
    }

    private static List<String> hosts(@Nullable List<String> hosts, String subdomains) {
        if (subdomains.isEmpty()) {
            return hosts == null ? List.of() : hosts;
        }
        if (hosts == null) {
            throw new IllegalArgumentException("subdomain '" + subdomains
                    + "' has no host to stand in front of. Set host(…) on the app or on an enclosing scope.");
        }
        return hosts.stream().map(host -> subdomains + "." + host).toList();
    }

    /** Values of path parameters that a route declared here has without its pattern. */
    Map<String, String> urlDefaultsOf(Route route) {
        return merged(urlDefaults, route.urlDefaults());
    }

    private static Options nearest(Options inner, Options outer) {
        return new Options(
                null,
                null,
                null,
                first(inner.version(), outer.version()),
                first(inner.versionPrefix(), outer.versionPrefix()),
                first(inner.hosts(), outer.hosts()),
                null,
                first(inner.strictSlashes(), outer.strictSlashes()),
                null,
                null,
                merged(outer.urlDefaults(), inner.urlDefaults()),
                merged(outer.attributes(), inner.attributes()));
    }

    private static <K, V> Map<K, V> merged(Map<K, V> weak, Map<K, V> strong) {
        if (weak.isEmpty() || strong.isEmpty()) {
            return weak.isEmpty() ? strong : weak;
        }
        Map<K, V> all = new LinkedHashMap<>(weak);
        all.putAll(strong);
        return Collections.unmodifiableMap(all);
    }

    private static String subdomains(@Nullable String inner, String outer) {
        if (inner == null) {
            return outer;
        }
        return outer.isEmpty() ? inner : inner + "." + outer;
    }

    private static List<String> inFrontOf(String first, List<String> rest) {
        List<String> all = new ArrayList<>();
        all.add(first);
        all.addAll(rest);
        return List.copyOf(all);
    }

    private static <T> @Nullable T first(@Nullable T a, @Nullable T b) {
        return a != null ? a : b;
    }

    private static <T> @Nullable T first(@Nullable T a, @Nullable T b, @Nullable T c) {
        return first(a, first(b, c));
    }
}

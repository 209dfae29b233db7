/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http;

import dev.cyanotype.exchange.Attribute;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One handler with the methods and paths it answers and the options it was declared with.
 *
 * <p>A blueprint's {@code get}, {@code post} and their kin make one; {@link #builder} makes one to be added with
 * {@code route}. Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class Route {

    private final Set<HttpMethod> methods;
    private final List<String> paths;
    private final RouteHandler handler;
    private final @Nullable Class<?> bodyType;
    private final @Nullable String name;
    private final @Nullable String version;
    private final @Nullable String versionPrefix;
    private final List<String> hosts;
    private final @Nullable String subdomain;
    private final @Nullable Boolean strictSlashes;
    private final Map<String, String> urlDefaults;
    private final Map<Attribute<?>, Object> attributes;
    private final List<BeforeHook> before;
    private final List<AfterHook> after;

    private Route(Builder builder) {
        this.methods = builder.methods;
        this.paths = builder.paths;
        this.handler = builder.handler;
        this.bodyType = builder.bodyType;
        this.name = builder.name;
        this.version = builder.version;
        this.versionPrefix = builder.versionPrefix;
        this.hosts = builder.hosts;
        this.subdomain = builder.subdomain;
        this.strictSlashes = builder.strictSlashes;
        this.urlDefaults = Collections.unmodifiableMap(new LinkedHashMap<>(builder.urlDefaults));
        this.attributes = Map.copyOf(builder.attributes);
        this.before = List.copyOf(builder.before);
        this.after = List.copyOf(builder.after);
    }

    /**
     * Starts a route.
     *
     * @param methods one or more
     * @param paths one or more patterns, joined to the prefix; an empty one is the bare prefix
     * @param handler answers the requests
     * @return a new builder
     * @throws IllegalArgumentException if there is no method or no path
     */
    public static Builder builder(Set<HttpMethod> methods, List<String> paths, RouteHandler handler) {
        return new Builder(methods, paths, Objects.requireNonNull(handler, "handler"), null);
    }

    /**
     * Starts a route whose JSON body is decoded first.
     *
     * @param <T> the type of the body
     * @param methods one or more
     * @param paths one or more patterns, joined to the prefix; an empty one is the bare prefix
     * @param bodyType the type of the body
     * @param handler answers the requests
     * @return a new builder
     * @throws IllegalArgumentException if there is no method or no path
     */
    public static <T> Builder builder(
            Set<HttpMethod> methods, List<String> paths, Class<T> bodyType, BodyHandler<T> handler) {
        Objects.requireNonNull(bodyType, "bodyType");
        Objects.requireNonNull(handler, "handler");
        return new Builder(methods, paths, ctx -> handler.handle(ctx.body(bodyType), ctx), bodyType);
    }

    /**
     * The methods it answers.
     *
     * @return one or more, in the order of the enum
     */
    public Set<HttpMethod> methods() {
        return methods;
    }

    /**
     * The patterns it answers, without prefix.
     *
     * @return one or more
     */
    public List<String> paths() {
        return paths;
    }

    /**
     * What answers the requests.
     *
     * @return the handler
     */
    public RouteHandler handler() {
        return handler;
    }

    /**
     * The type its JSON body is decoded to.
     *
     * @return null if the handler reads the body itself
     */
    public @Nullable Class<?> bodyType() {
        return bodyType;
    }

    /**
     * Its own name, by which URLs are built.
     *
     * @return null if it can't be addressed
     */
    public @Nullable String name() {
        return name;
    }

    /**
     * Its own version.
     *
     * @return null if unset
     */
    public @Nullable String version() {
        return version;
    }

    /**
     * Its own version prefix.
     *
     * @return null if unset
     */
    public @Nullable String versionPrefix() {
        return versionPrefix;
    }

    /**
     * Its own hosts.
     *
     * @return as they were given; empty if unset
     */
    public List<String> hosts() {
        return hosts;
    }

    /**
     * Its own subdomain, in front of the enclosing scope's host.
     *
     * @return null if unset
     */
    public @Nullable String subdomain() {
        return subdomain;
    }

    /**
     * Whether a trailing slash has to be as written.
     *
     * @return null if unset
     */
    public @Nullable Boolean strictSlashes() {
        return strictSlashes;
    }

    /**
     * Values of path parameters where a path lacks them.
     *
     * @return by name; unmodifiable
     */
    public Map<String, String> urlDefaults() {
        return urlDefaults;
    }

    /**
     * What its exchanges find without having set it.
     *
     * @return by key; unmodifiable
     */
    public Map<Attribute<?>, Object> attributes() {
        return attributes;
    }

    /**
     * Its own before hooks, which run after those of its scopes.
     *
     * @return in declared order
     */
    public List<BeforeHook> before() {
        return before;
    }

    /**
     * Its own after hooks, which run before those of its scopes.
     *
     * @return in declared order
     */
    public List<AfterHook> after() {
        return after;
    }

    @Override
    public String toString() {
        return "Route[" + methods + " " + paths + (name == null ? "" : ", name=" + name) + "]";
    }

    /** The options of a route; each may be set once, before the route is built. Not thread-safe. */
    public static final class Builder extends RouteOptions<Builder> {

        private final Set<HttpMethod> methods;
        private final List<String> paths;
        private final RouteHandler handler;
        private final @Nullable Class<?> bodyType;

        private Builder(
                Set<HttpMethod> methods, List<String> paths, RouteHandler handler, @Nullable Class<?> bodyType) {
            Objects.requireNonNull(methods, "methods");
            Objects.requireNonNull(paths, "paths");
            paths.forEach(path -> Objects.requireNonNull(path, "path"));
            if (methods.isEmpty()) {
                throw new IllegalArgumentException("route " + paths + ": no methods (expected: one or more)");
            }
            if (paths.isEmpty()) {
                throw new IllegalArgumentException("route " + methods + ": no paths (expected: one or more)");
            }
            this.methods = Collections.unmodifiableSet(EnumSet.copyOf(methods));
            this.paths = List.copyOf(paths);
            this.handler = handler;
            this.bodyType = bodyType;
        }

        /**
         * Finishes the route.
         *
         * @return an immutable route
         * @throws IllegalStateException if this builder has built one already
         */
        public Route build() {
            close();
            return new Route(this);
        }

        @Override
        String where() {
            return "route " + methods + " " + paths;
        }
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http;

import dev.cyanotype.exchange.Attribute;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
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
        this.hosts = builder.hosts == null ? List.of() : builder.hosts;
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
    public static final class Builder {

        private final Set<HttpMethod> methods;
        private final List<String> paths;
        private final RouteHandler handler;
        private final @Nullable Class<?> bodyType;
        private final List<BeforeHook> before = new ArrayList<>();
        private final List<AfterHook> after = new ArrayList<>();
        private final Map<String, String> urlDefaults = new LinkedHashMap<>();
        private final Map<Attribute<?>, Object> attributes = new HashMap<>();
        private @Nullable String name;
        private @Nullable String version;
        private @Nullable String versionPrefix;
        private @Nullable List<String> hosts;
        private @Nullable String subdomain;
        private @Nullable Boolean strictSlashes;
        private boolean built;

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
         * Names the route, so that URLs can be built for it.
         *
         * @param newName a letter or underscore, then letters, digits, underscores and hyphens
         * @return this
         */
        public Builder name(String newName) {
            name = once("name", name, newName);
            return this;
        }

        /**
         * Versions the route, whatever its scopes say.
         *
         * @param newVersion 0 or more
         * @return this
         * @throws IllegalArgumentException if it is negative
         */
        public Builder version(int newVersion) {
            if (newVersion < 0) {
                throw new IllegalArgumentException(
                        "route %s %s: version %d (expected: 0 or more)".formatted(methods, paths, newVersion));
            }
            return version(Integer.toString(newVersion));
        }

        /**
         * Versions the route, whatever its scopes say.
         *
         * @param newVersion such as {@code 1.1} or {@code v2}; a leading {@code v} is dropped
         * @return this
         */
        public Builder version(String newVersion) {
            version = once("version", version, newVersion);
            return this;
        }

        /**
         * Changes what stands before the version.
         *
         * @param newPrefix such as {@code /api/v}; default {@code /v}
         * @return this
         */
        public Builder versionPrefix(String newPrefix) {
            versionPrefix = once("versionPrefix", versionPrefix, newPrefix);
            return this;
        }

        /**
         * Answers only requests for a host.
         *
         * @param newHost a host name without port
         * @return this
         */
        public Builder host(String newHost) {
            return hosts(Objects.requireNonNull(newHost, "host"));
        }

        /**
         * Answers only requests for one of several hosts.
         *
         * @param newHosts host names without port
         * @return this
         * @throws IllegalArgumentException if there is none
         */
        public Builder hosts(String... newHosts) {
            for (String newHost : newHosts) {
                Objects.requireNonNull(newHost, "host");
            }
            if (newHosts.length == 0) {
                throw new IllegalArgumentException(
                        "route %s %s: no hosts (expected: one or more)".formatted(methods, paths));
            }
            once("host", hosts == null ? null : String.join(", ", hosts), String.join(", ", newHosts));
            hosts = List.of(newHosts);
            return this;
        }

        /**
         * Answers only requests for a subdomain of the enclosing scope's host.
         *
         * @param newSubdomain put in front of that host
         * @return this
         */
        public Builder subdomain(String newSubdomain) {
            subdomain = once("subdomain", subdomain, newSubdomain);
            return this;
        }

        /**
         * Gives a path parameter a value where a path lacks it, and for building URLs.
         *
         * @param parameter the parameter's name
         * @param value its value, as text
         * @return this
         */
        public Builder urlDefault(String parameter, Object value) {
            Objects.requireNonNull(parameter, "parameter");
            Objects.requireNonNull(value, "value");
            String text = once("urlDefault '" + parameter + "'", urlDefaults.get(parameter), value.toString());
            urlDefaults.put(parameter, text);
            return this;
        }

        /**
         * Gives every exchange of the route an attribute from the start, which hooks see too.
         *
         * @param <T> the type of the value
         * @param key the key
         * @param value shared by all exchanges, so immutable or thread-safe
         * @return this
         */
        public <T> Builder attribute(Attribute<T> key, T value) {
            Objects.requireNonNull(value, "value");
            attributes.put(key, once("attribute '" + key.name() + "'", attributes.get(key), value));
            return this;
        }

        /**
         * Says whether a trailing slash has to be as written.
         *
         * @param strict true: the other form is 404
         * @return this
         */
        public Builder strictSlashes(boolean strict) {
            strictSlashes = once("strictSlashes", strictSlashes, strict);
            return this;
        }

        /**
         * Adds a before hook for this route alone.
         *
         * @param hook runs after the before hooks of its scopes
         * @return this
         */
        public Builder before(BeforeHook hook) {
            requireOpen();
            before.add(Objects.requireNonNull(hook, "hook"));
            return this;
        }

        /**
         * Adds an after hook for this route alone.
         *
         * @param hook runs before the after hooks of its scopes
         * @return this
         */
        public Builder after(AfterHook hook) {
            requireOpen();
            after.add(Objects.requireNonNull(hook, "hook"));
            return this;
        }

        /**
         * Finishes the route.
         *
         * @return an immutable route
         * @throws IllegalStateException if this builder has built one already
         */
        public Route build() {
            requireOpen();
            built = true;
            return new Route(this);
        }

        private <V> V once(String option, @Nullable V old, V value) {
            requireOpen();
            Objects.requireNonNull(value, option);
            if (old != null) {
                throw new IllegalStateException("route %s %s: %s was already set to '%s', now '%s'. Set it once."
                        .formatted(methods, paths, option, old, value));
            }
            return value;
        }

        private void requireOpen() {
            if (built) {
                throw new IllegalStateException(
                        "route %s %s was already built. Set its options before that.".formatted(methods, paths));
            }
        }
    }
}

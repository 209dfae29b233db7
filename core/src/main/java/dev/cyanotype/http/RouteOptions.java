/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http;

import dev.cyanotype.exchange.Attribute;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The options that routes and static files share; what is left unset comes from the scopes around.
 *
 * <p>Each is set once. Not thread-safe.
 *
 * @param <B> the builder itself
 * @since 0.1
 */
public abstract sealed class RouteOptions<B extends RouteOptions<B>> permits Route.Builder, FilesOptions.Builder {

    private final Map<Object, Object> given = new HashMap<>();
    private boolean built;

    final List<BeforeHook> before = new ArrayList<>();
    final List<AfterHook> after = new ArrayList<>();
    final Map<String, String> urlDefaults = new LinkedHashMap<>();
    final Map<Attribute<?>, Object> attributes = new HashMap<>();

    @Nullable
    String name;

    @Nullable
    String version;

    @Nullable
    String versionPrefix;

    List<String> hosts = List.of();

    @Nullable
    String subdomain;

    @Nullable
    Boolean strictSlashes;

    RouteOptions() {}

    /** What messages start with. */
    abstract String where();

    @SuppressWarnings("unchecked")
    private B self() {
        return (B) this;
    }

    /**
     * Names it, so that URLs can be built for it.
     *
     * @param newName a letter or underscore, then letters, digits, underscores and hyphens
     * @return this
     */
    public B name(String newName) {
        name = once("name", newName);
        return self();
    }

    /**
     * Versions it, whatever its scopes say.
     *
     * @param newVersion 0 or more
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public B version(int newVersion) {
        if (newVersion < 0) {
            throw new IllegalArgumentException(where() + ": version " + newVersion + " (expected: 0 or more)");
        }
        return version(Integer.toString(newVersion));
    }

    /**
     * Versions it, whatever its scopes say.
     *
     * @param newVersion such as {@code 1.1} or {@code v2}; a leading {@code v} is dropped
     * @return this
     */
    public B version(String newVersion) {
        version = once("version", newVersion);
        return self();
    }

    /**
     * Changes what stands before the version.
     *
     * @param newPrefix such as {@code /api/v}; default {@code /v}
     * @return this
     */
    public B versionPrefix(String newPrefix) {
        versionPrefix = once("versionPrefix", newPrefix);
        return self();
    }

    /**
     * Answers only requests for a host.
     *
     * @param newHost a host name without port
     * @return this
     */
    public B host(String newHost) {
        return hosts(Objects.requireNonNull(newHost, "host"));
    }

    /**
     * Answers only requests for one of several hosts.
     *
     * @param newHosts host names without port
     * @return this
     * @throws IllegalArgumentException if there is none
     */
    public B hosts(String... newHosts) {
        for (String newHost : newHosts) {
            Objects.requireNonNull(newHost, "host");
        }
        if (newHosts.length == 0) {
            throw new IllegalArgumentException(where() + ": no hosts (expected: one or more)");
        }
        once("host", String.join(", ", newHosts));
        hosts = List.of(newHosts);
        return self();
    }

    /**
     * Answers only requests for a subdomain of the enclosing scope's host.
     *
     * @param newSubdomain put in front of that host
     * @return this
     */
    public B subdomain(String newSubdomain) {
        subdomain = once("subdomain", newSubdomain);
        return self();
    }

    /**
     * Gives a path parameter a value where a path lacks it, and for building URLs.
     *
     * @param parameter the parameter's name
     * @param value its value, as text
     * @return this
     */
    public B urlDefault(String parameter, Object value) {
        Objects.requireNonNull(parameter, "parameter");
        Objects.requireNonNull(value, "value");
        urlDefaults.put(parameter, once("urlDefault '" + parameter + "'", value.toString()));
        return self();
    }

    /**
     * Gives every exchange an attribute from the start, which hooks see too.
     *
     * @param <T> the type of the value
     * @param key the key
     * @param value shared by all exchanges, so immutable or thread-safe
     * @return this
     */
    public <T> B attribute(Attribute<T> key, T value) {
        Objects.requireNonNull(value, "value");
        attributes.put(key, once(key, "attribute '" + key.name() + "'", value));
        return self();
    }

    /**
     * Says whether a trailing slash has to be as written.
     *
     * @param strict true: the other form is 404
     * @return this
     */
    public B strictSlashes(boolean strict) {
        strictSlashes = once("strictSlashes", strict);
        return self();
    }

    /**
     * Adds a before hook for this alone.
     *
     * @param hook runs after the before hooks of its scopes
     * @return this
     */
    public B before(BeforeHook hook) {
        requireOpen();
        before.add(Objects.requireNonNull(hook, "hook"));
        return self();
    }

    /**
     * Adds an after hook for this alone.
     *
     * @param hook runs before the after hooks of its scopes
     * @return this
     */
    public B after(AfterHook hook) {
        requireOpen();
        after.add(Objects.requireNonNull(hook, "hook"));
        return self();
    }

    final <V> V once(String option, V value) {
        return once(option, option, value);
    }

    private <V> V once(Object key, String option, V value) {
        requireOpen();
        Objects.requireNonNull(value, option);
        Object old = given.putIfAbsent(key, value);
        if (old != null) {
            // The text of a lambda says nothing.
            boolean shown = !(value instanceof Function);
            throw new IllegalStateException(where() + ": " + option + " was already set"
                    + (shown ? " to '" + old + "', now '" + value + "'" : "") + ". Set it once.");
        }
        return value;
    }

    final void requireOpen() {
        if (built) {
            throw new IllegalStateException(where() + ": already built. Set options before that.");
        }
    }

    final void close() {
        requireOpen();
        built = true;
    }
}

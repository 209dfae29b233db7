/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype;

import dev.cyanotype.exchange.Attribute;
import dev.cyanotype.internal.spec.HooksDraft;
import dev.cyanotype.internal.spec.OptionsDraft;
import dev.cyanotype.internal.spec.ScopeDraft;
import dev.cyanotype.internal.spec.TemplateLocation;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Sets the options of a scope.
 *
 * <p>What a scope leaves unset it takes from the mount, then from the enclosing scopes, nearest first, then from the app.
 * Each option is set once. Not thread-safe.
 *
 * @param <B> the builder itself
 * @since 0.1
 */
public abstract sealed class ScopeBuilder<B extends ScopeBuilder<B>> extends HooksBuilder<B> permits RoutesBuilder {

    private final ScopeDraft draft;

    ScopeBuilder(ScopeDraft draft) {
        this.draft = draft;
    }

    final ScopeDraft draft() {
        return draft;
    }

    @Override
    final HooksDraft hooksDraft() {
        return draft.hooks();
    }

    @Override
    final String where() {
        return draft.where();
    }

    /**
     * Puts a path in front of everything declared inside.
     *
     * @param prefix path segments such as {@code /api} or {@code /{tenant}}
     * @return this
     * @throws IllegalArgumentException if it is no path
     */
    public B prefix(String prefix) {
        options().prefix(prefix);
        return self();
    }

    /**
     * Removes the prefix that a copy has inherited.
     *
     * @return this
     */
    public B noPrefix() {
        options().noPrefix();
        return self();
    }

    /**
     * Puts a version in front of all paths: {@code version(1)} gives {@code /v1/…}.
     *
     * @param version 0 or more
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public B version(int version) {
        return version(OptionsDraft.version(where(), version));
    }

    /**
     * Puts a version in front of all paths: {@code version("1.1")} gives {@code /v1.1/…}.
     *
     * @param version letters, digits, dots, hyphens and underscores; a leading {@code v} is dropped
     * @return this
     * @throws IllegalArgumentException if it is empty or has another character
     */
    public B version(String version) {
        options().version(version);
        return self();
    }

    /**
     * Changes what stands before the version.
     *
     * @param prefix such as {@code /api/v}; default {@code /v}
     * @return this
     * @throws IllegalArgumentException if it is no path
     */
    public B versionPrefix(String prefix) {
        options().versionPrefix(prefix);
        return self();
    }

    /**
     * Answers only requests for a host, instead of the enclosing scope's.
     *
     * @param host a host name without port; letter case does not count
     * @return this
     * @throws IllegalArgumentException if it is no host name
     */
    public B host(String host) {
        options().hosts(host);
        return self();
    }

    /**
     * Answers only requests for one of several hosts, instead of the enclosing scope's.
     *
     * @param hosts host names without port; letter case does not count
     * @return this
     * @throws IllegalArgumentException if there is none, or one is no host name
     */
    public B hosts(String... hosts) {
        options().hosts(hosts);
        return self();
    }

    /**
     * Answers only requests for a subdomain of the enclosing scope's host.
     *
     * @param subdomain put in front of that host
     * @return this
     * @throws IllegalArgumentException if it is no host name
     */
    public B subdomain(String subdomain) {
        options().subdomain(subdomain);
        return self();
    }

    /**
     * Says whether a trailing slash has to be as written.
     *
     * @param strict true: the other form is 404; default false
     * @return this
     */
    public B strictSlashes(boolean strict) {
        options().strictSlashes(strict);
        return self();
    }

    /**
     * Gives a path parameter a value where the pattern lacks it, and for building URLs.
     *
     * <p>Inherited; the nearest value wins.
     *
     * @param parameter the parameter's name
     * @param value its value, as text
     * @return this
     * @throws IllegalArgumentException if the parameter has no proper name
     */
    public B urlDefault(String parameter, Object value) {
        options().urlDefault(parameter, value);
        return self();
    }

    /**
     * Gives every exchange inside an attribute from the start.
     *
     * <p>Inherited; the nearest value wins. What an exchange sets itself hides it.
     *
     * @param <T> the type of the value
     * @param key the key
     * @param value shared by all exchanges, so immutable or thread-safe
     * @return this
     */
    public <T> B attribute(Attribute<T> key, T value) {
        options().attribute(key, value);
        return self();
    }

    /**
     * Adds a folder of templates on the class path, behind those added before.
     *
     * <p>A view is looked for in the app's folders first, so that an app can replace what a blueprint brings; then in
     * those of its own scope, of the enclosing ones, nearest first, and of all others in the order they are mounted.
     *
     * @param location such as {@code classpath:/users/views}, found by the context class loader of this thread
     * @return this
     * @throws IllegalArgumentException if it is no such location
     */
    public B templates(String location) {
        draft.templates(TemplateLocation.of(where(), location));
        return self();
    }

    /**
     * Adds a folder of templates, behind those added before; see {@link #templates(String)} for the order.
     *
     * @param directory a directory that is there
     * @return this
     * @throws IllegalArgumentException if it is no directory
     */
    public B templates(Path directory) {
        draft.templates(TemplateLocation.of(where(), directory));
        return self();
    }

    /**
     * Adds hooks and error handlers to the app that this stands on.
     *
     * @param hooks declares them
     * @return this
     */
    public B appWide(Consumer<AppWide> hooks) {
        Objects.requireNonNull(hooks, "hooks");
        AppWide appWide = new AppWide(draft.appWide(), draft.where());
        hooks.accept(appWide);
        appWide.close();
        return self();
    }

    final OptionsDraft options() {
        return draft.options();
    }
}

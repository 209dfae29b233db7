/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype;

import dev.cyanotype.exchange.Attribute;
import dev.cyanotype.internal.spec.Options;
import dev.cyanotype.internal.spec.OptionsDraft;

/**
 * The options of a blueprint in one place; they beat the blueprint's own.
 *
 * <p>Each is set once, inside the lambda given to {@code register}. Not thread-safe.
 *
 * @since 0.1
 */
public final class Mount {

    private final OptionsDraft draft;
    private boolean closed;

    Mount(String where) {
        this.draft = new OptionsDraft(where, "Set it once.", Options.NONE);
    }

    /**
     * Names the blueprint in this place, so that it can stand in several.
     *
     * @param name a letter or underscore, then letters, digits, underscores and hyphens
     * @return this
     * @throws IllegalArgumentException if it is no name
     */
    public Mount named(String name) {
        draft().name(name);
        return this;
    }

    /**
     * Replaces the blueprint's prefix.
     *
     * @param prefix path segments
     * @return this
     * @throws IllegalArgumentException if it is no path
     */
    public Mount prefix(String prefix) {
        draft().prefix(prefix);
        return this;
    }

    /**
     * Drops the blueprint's prefix.
     *
     * @return this
     */
    public Mount noPrefix() {
        draft().noPrefix();
        return this;
    }

    /**
     * Puts a path in front of the blueprint's prefix.
     *
     * @param prefix path segments
     * @return this
     * @throws IllegalArgumentException if it is no path
     */
    public Mount under(String prefix) {
        draft().under(prefix);
        return this;
    }

    /**
     * Puts a version in front of all paths.
     *
     * @param version 0 or more
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public Mount version(int version) {
        return version(OptionsDraft.version(draft().where(), version));
    }

    /**
     * Puts a version in front of all paths.
     *
     * @param version letters, digits, dots, hyphens and underscores; a leading {@code v} is dropped
     * @return this
     * @throws IllegalArgumentException if it is empty or has another character
     */
    public Mount version(String version) {
        draft().version(version);
        return this;
    }

    /**
     * Changes what stands before the version.
     *
     * @param prefix such as {@code /api/v}
     * @return this
     * @throws IllegalArgumentException if it is no path
     */
    public Mount versionPrefix(String prefix) {
        draft().versionPrefix(prefix);
        return this;
    }

    /**
     * Answers only requests for a host.
     *
     * @param host a host name without port
     * @return this
     * @throws IllegalArgumentException if it is no host name
     */
    public Mount host(String host) {
        draft().hosts(host);
        return this;
    }

    /**
     * Answers only requests for one of several hosts.
     *
     * @param hosts host names without port; letter case does not count
     * @return this
     * @throws IllegalArgumentException if there is none, or one is no host name
     */
    public Mount hosts(String... hosts) {
        draft().hosts(hosts);
        return this;
    }

    /**
     * Answers only requests for a subdomain of the enclosing host.
     *
     * @param subdomain put in front of that host
     * @return this
     * @throws IllegalArgumentException if it is no host name
     */
    public Mount subdomain(String subdomain) {
        draft().subdomain(subdomain);
        return this;
    }

    /**
     * Says whether a trailing slash has to be as written.
     *
     * @param strict true: the other form is 404
     * @return this
     */
    public Mount strictSlashes(boolean strict) {
        draft().strictSlashes(strict);
        return this;
    }

    /**
     * Gives the blueprint's actions and socket messages other names in this place.
     *
     * @param prefix put in front of the names of actions and the types of socket messages
     * @return this
     * @throws IllegalArgumentException if it is empty
     */
    public Mount actionPrefix(String prefix) {
        draft().actionPrefix(prefix);
        return this;
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
    public Mount urlDefault(String parameter, Object value) {
        draft().urlDefault(parameter, value);
        return this;
    }

    /**
     * Gives every exchange of this place an attribute from the start.
     *
     * <p>Inherited; the nearest value wins. What an exchange sets itself hides it.
     *
     * @param <T> the type of the value
     * @param key the key
     * @param value shared by all exchanges, so immutable or thread-safe
     * @return this
     */
    public <T> Mount attribute(Attribute<T> key, T value) {
        draft().attribute(key, value);
        return this;
    }

    Options close() {
        closed = true;
        return draft.build();
    }

    private OptionsDraft draft() {
        if (closed) {
            throw new IllegalStateException(draft.where() + ": the mount has ended. Set options inside its lambda.");
        }
        return draft;
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype;

import dev.cyanotype.internal.spec.Options;
import dev.cyanotype.internal.spec.ScopeDraft;
import dev.cyanotype.internal.spec.ScopeSpec;
import java.util.List;
import java.util.Objects;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one feature of a service does, over every way the service is reached.
 *
 * <p>A value: what is built never changes, and can be mounted on one app, on several, in several places of one, or in a
 * test. Immutable and thread-safe, as far as its handlers are.
 *
 * @since 0.1
 */
public final class Blueprint {

    private final ScopeSpec spec;

    private Blueprint(ScopeSpec spec) {
        this.spec = spec;
    }

    /**
     * Starts a blueprint.
     *
     * @param name a letter or underscore, then letters, digits, underscores and hyphens
     * @return a new builder
     * @throws IllegalArgumentException if it is no name
     */
    public static Builder named(String name) {
        return new Builder(ScopeDraft.blueprint(name));
    }

    /**
     * Starts a nameless scope around blueprints, which need not know of it.
     *
     * @param members mounted as they are, in this order
     * @return a new builder, to set options, hooks and error handlers for all of them
     */
    public static Builder group(Blueprint... members) {
        Objects.requireNonNull(members, "members");
        Builder builder = new Builder(ScopeDraft.group());
        for (Blueprint member : members) {
            builder.register(member);
        }
        return builder;
    }

    /**
     * The name given at creation.
     *
     * @return null for a group
     */
    public @Nullable String name() {
        return spec.name();
    }

    /**
     * The prefix given at creation.
     *
     * @return as it was given; null if there is none
     */
    public @Nullable String prefix() {
        return spec.options().prefix();
    }

    /**
     * The version given at creation.
     *
     * @return without a leading {@code v}; null if there is none
     */
    public @Nullable String version() {
        return spec.options().version();
    }

    /**
     * The hosts given at creation.
     *
     * @return in lower case; empty if there are none
     */
    public List<String> hosts() {
        List<String> hosts = spec.options().hosts();
        return hosts == null ? List.of() : hosts;
    }

    /**
     * What was said at creation of trailing slashes.
     *
     * @return null if nothing was
     */
    public @Nullable Boolean strictSlashes() {
        return spec.options().strictSlashes();
    }

    /**
     * The blueprints registered on this one, or the members of a group.
     *
     * @return in the order of registration, one that stands there twice twice; unmodifiable
     */
    public List<Blueprint> members() {
        return spec.mounts().stream().map(mount -> new Blueprint(mount.scope())).toList();
    }

    /**
     * Starts a changed one of the same name; this one stays as it is.
     *
     * @return a new builder that has everything this one has, and may set each option once more
     */
    public Builder toBuilder() {
        return new Builder(ScopeDraft.from(spec, spec.name(), label()));
    }

    /**
     * Starts a changed one of another name; this one stays as it is.
     *
     * @param name the new name
     * @return a new builder that has everything this one has, and may set each option once more
     * @throws IllegalArgumentException if it is no name
     */
    public Builder copy(String name) {
        Objects.requireNonNull(name, "name");
        return new Builder(ScopeDraft.from(spec, name, "blueprint '" + name + "'"));
    }

    ScopeSpec spec() {
        return spec;
    }

    /** How messages call it. */
    String label() {
        return spec.name() == null ? "group" : "blueprint '" + spec.name() + "'";
    }

    /**
     * Whether another object is the same blueprint.
     *
     * @param other any object
     * @return true for what one call of {@link Builder#build()} has made, also as a member of others
     */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Blueprint blueprint && blueprint.spec == spec;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(spec);
    }

    /** The name, and the options that were given. */
    @Override
    public String toString() {
        Options options = spec.options();
        StringJoiner given = new StringJoiner(", ", " (", ")").setEmptyValue("");
        add(given, "prefix ", options.prefix());
        add(given, "version ", options.version());
        add(given, "version prefix ", options.versionPrefix());
        add(given, "host ", options.hosts() == null ? null : String.join(" or ", options.hosts()));
        add(given, "subdomain ", options.subdomain());
        add(given, "strict slashes ", options.strictSlashes());
        return label() + given;
    }

    private static void add(StringJoiner given, String what, @Nullable Object value) {
        if (value != null) {
            given.add(what + value);
        }
    }

    /** Collects what a blueprint has; not thread-safe. */
    public static final class Builder extends OperationsBuilder<Builder> {

        private Builder(ScopeDraft draft) {
            super(draft);
        }

        /**
         * Names a group, so that one blueprint can be in several.
         *
         * @param name stands before the names of its members
         * @return this
         * @throws IllegalArgumentException if it is no name
         * @throws IllegalStateException if this is a blueprint with a name, not a group
         */
        public Builder namePrefix(String name) {
            if (draft().name() != null) {
                throw new IllegalStateException(
                        where() + ": namePrefix is for groups. Rename it with copy(…), or its mount with named(…).");
            }
            options().namePrefix(name);
            return this;
        }

        /**
         * Finishes the blueprint; what is called on this builder later never reaches it.
         *
         * @return an immutable blueprint
         * @throws IllegalStateException if this builder has built one already
         */
        public Blueprint build() {
            return new Blueprint(draft().build());
        }
    }
}

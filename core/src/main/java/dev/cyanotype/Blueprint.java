/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype;

import dev.cyanotype.internal.spec.ScopeDraft;
import dev.cyanotype.internal.spec.ScopeSpec;
import java.util.Objects;
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
     * Starts a changed one of the same name; this one stays as it is.
     *
     * @return a new builder that has everything this one has, and may set each option once more
     */
    public Builder toBuilder() {
        return new Builder(ScopeDraft.from(spec, spec.name(), toString()));
    }

    /**
     * Starts a changed one of another name; this one stays as it is.
     *
     * @param name the new name
     * @return a new builder that has everything this one has, and may set each option once more
     * @throws IllegalArgumentException if it is no name
     */
    public Builder copy(String name) {
        return new Builder(ScopeDraft.from(spec, name, "blueprint '" + name + "'"));
    }

    ScopeSpec spec() {
        return spec;
    }

    @Override
    public String toString() {
        return spec.name() == null ? "group" : "blueprint '" + spec.name() + "'";
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
         */
        public Builder namePrefix(String name) {
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

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.spec;

import dev.cyanotype.exchange.ErrorHandler;
import dev.cyanotype.exchange.Interceptor;
import dev.cyanotype.http.AfterHook;
import dev.cyanotype.http.BeforeHook;
import dev.cyanotype.http.ModelHook;
import dev.cyanotype.http.TeardownHook;
import dev.cyanotype.http.UrlDefaultsHook;
import dev.cyanotype.http.UrlValuesHook;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntSupplier;

/** Collects hooks and error handlers. */
public final class HooksDraft {

    private final String where;
    private final IntSupplier positions;
    private final List<Hook<UrlValuesHook>> urlValues;
    private final List<Hook<UrlDefaultsHook>> urlDefaults;
    private final List<Hook<BeforeHook>> before;
    private final List<Hook<AfterHook>> after;
    private final List<Hook<TeardownHook>> teardown;
    private final List<Hook<Interceptor>> interceptors;
    private final List<Hook<ModelHook>> models;
    private final List<ErrorSpec> errors;

    /**
     * Starts from hooks already collected.
     *
     * @param positions counts all declarations of the scope
     */
    public HooksDraft(String where, IntSupplier positions, HookSpecs start) {
        this.where = where;
        this.positions = positions;
        this.urlValues = new ArrayList<>(start.urlValues());
        this.urlDefaults = new ArrayList<>(start.urlDefaults());
        this.before = new ArrayList<>(start.before());
        this.after = new ArrayList<>(start.after());
        this.teardown = new ArrayList<>(start.teardown());
        this.interceptors = new ArrayList<>(start.interceptors());
        this.models = new ArrayList<>(start.models());
        this.errors = new ArrayList<>(start.errors());
    }

    public void urlValues(UrlValuesHook hook) {
        add(urlValues, hook, 0);
    }

    public void urlDefaults(UrlDefaultsHook hook) {
        add(urlDefaults, hook, 0);
    }

    public void before(BeforeHook hook, int priority) {
        add(before, hook, priority);
    }

    public void after(AfterHook hook, int priority) {
        add(after, hook, priority);
    }

    public void teardown(TeardownHook hook) {
        add(teardown, hook, 0);
    }

    public void intercept(Interceptor interceptor, int priority) {
        add(interceptors, interceptor, priority);
    }

    public void model(ModelHook hook) {
        add(models, hook, 0);
    }

    /** Adds an error handler; a second one for the same errors is refused here, in the line that adds it. */
    public void error(ErrorSpec.Key key, ErrorHandler<? super Throwable> handler) {
        ErrorSpec added = new ErrorSpec(key, Objects.requireNonNull(handler, "handler"), Source.caller());
        for (ErrorSpec known : errors) {
            if (known.collidesWith(added)) {
                throw new IllegalArgumentException(
                        "%s: errors %s already have a handler in this scope, for %s (%s). Keep one."
                                .formatted(where, key, known.key(), known.source()));
            }
        }
        errors.add(added);
    }

    public HookSpecs build() {
        return new HookSpecs(urlValues, urlDefaults, before, after, teardown, interceptors, models, errors);
    }

    private <T> void add(List<Hook<T>> hooks, T hook, int priority) {
        hooks.add(new Hook<>(Objects.requireNonNull(hook, "hook"), priority, positions.getAsInt(), Source.caller()));
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.assembly;

import dev.cyanotype.exchange.Interceptor;
import dev.cyanotype.http.AfterHook;
import dev.cyanotype.http.BeforeHook;
import dev.cyanotype.http.ModelHook;
import dev.cyanotype.http.Route;
import dev.cyanotype.http.TeardownHook;
import dev.cyanotype.http.UrlDefaultsHook;
import dev.cyanotype.http.UrlValuesHook;
import dev.cyanotype.internal.spec.Hook;
import dev.cyanotype.internal.spec.HookSpecs;
import dev.cyanotype.internal.spec.TemplateLocation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * All that runs around a handler, each kind in the order it runs.
 *
 * <p>The lists are arrays because they are walked for each request. Nobody changes them.
 */
public final class Chain {

    private final UrlValuesHook[] urlValues;
    private final UrlDefaultsHook[] urlDefaults;
    private final BeforeHook[] before;
    private final AfterHook[] after;
    private final TeardownHook[] teardown;
    private final Interceptor[] interceptors;
    private final ErrorScope[] errors;
    private final ModelHook[] models;
    private final List<TemplateLocation> templates;

    private Chain(
            UrlValuesHook[] urlValues,
            UrlDefaultsHook[] urlDefaults,
            BeforeHook[] before,
            AfterHook[] after,
            TeardownHook[] teardown,
            Interceptor[] interceptors,
            ErrorScope[] errors,
            ModelHook[] models,
            List<TemplateLocation> templates) {
        this.urlValues = urlValues;
        this.urlDefaults = urlDefaults;
        this.before = before;
        this.after = after;
        this.teardown = teardown;
        this.interceptors = interceptors;
        this.errors = errors;
        this.models = models;
        this.templates = templates;
    }

    /**
     * Compiles the hooks of scopes in one another, the outermost first.
     *
     * @param innermost what stands next to the handler, whatever scope it is in
     */
    static Chain compile(List<Level> levels, List<Interceptor> innermost) {
        List<Interceptor> interceptors = in(levels, HookSpecs::interceptors);
        interceptors.addAll(innermost);
        List<ErrorScope> nearestFirst = new ArrayList<>();
        for (Level level : levels) {
            nearestFirst.add(0, level.errors());
        }
        return new Chain(
                in(levels, HookSpecs::urlValues).toArray(UrlValuesHook[]::new),
                in(levels, HookSpecs::urlDefaults).toArray(UrlDefaultsHook[]::new),
                in(levels, HookSpecs::before).toArray(BeforeHook[]::new),
                out(levels, HookSpecs::after).toArray(AfterHook[]::new),
                out(levels, HookSpecs::teardown).toArray(TeardownHook[]::new),
                interceptors.toArray(Interceptor[]::new),
                nearestFirst.toArray(ErrorScope[]::new),
                in(levels, HookSpecs::models).toArray(ModelHook[]::new),
                levels.get(levels.size() - 1).templates().locations());
    }

    /** The same with a route's own hooks, which are the innermost. */
    Chain with(Route route) {
        if (route.before().isEmpty() && route.after().isEmpty()) {
            return this;
        }
        List<BeforeHook> allBefore = new ArrayList<>(List.of(before));
        allBefore.addAll(route.before());
        List<AfterHook> allAfter = new ArrayList<>(route.after());
        Collections.reverse(allAfter);
        allAfter.addAll(List.of(after));
        return new Chain(
                urlValues,
                urlDefaults,
                allBefore.toArray(BeforeHook[]::new),
                allAfter.toArray(AfterHook[]::new),
                teardown,
                interceptors,
                errors,
                models,
                templates);
    }

    /** A hook and the scope that has it. */
    public record Placed<T>(Level level, Hook<T> hook) {}

    /** The hooks of scopes in one another in the order they run going in. */
    public static <T> List<Placed<T>> inward(List<Level> levels, Function<HookSpecs, List<Hook<T>>> kind) {
        List<Placed<T>> all = new ArrayList<>();
        for (Level level : levels) {
            for (Hook<T> hook : byPriority(kind.apply(level.hooks()))) {
                all.add(new Placed<>(level, hook));
            }
        }
        return all;
    }

    private static <T> List<Hook<T>> byPriority(List<Hook<T>> hooks) {
        if (hooks.size() < 2) {
            return hooks;
        }
        List<Hook<T>> sorted = new ArrayList<>(hooks);
        sorted.sort(Comparator.comparingInt((Hook<T> hook) -> -hook.priority()));
        return sorted;
    }

    private static <T> List<T> in(List<Level> levels, Function<HookSpecs, List<Hook<T>>> kind) {
        List<T> all = new ArrayList<>();
        for (Level level : levels) {
            for (Hook<T> hook : byPriority(kind.apply(level.hooks()))) {
                all.add(hook.hook());
            }
        }
        return all;
    }

    private static <T> List<T> out(List<Level> levels, Function<HookSpecs, List<Hook<T>>> kind) {
        List<T> all = in(levels, kind);
        Collections.reverse(all);
        return all;
    }

    public UrlValuesHook[] urlValues() {
        return urlValues;
    }

    public UrlDefaultsHook[] urlDefaults() {
        return urlDefaults;
    }

    public BeforeHook[] before() {
        return before;
    }

    public AfterHook[] after() {
        return after;
    }

    public TeardownHook[] teardown() {
        return teardown;
    }

    public Interceptor[] interceptors() {
        return interceptors;
    }

    /** The nearest scope first. */
    public ErrorScope[] errors() {
        return errors;
    }

    /** The outermost scope first. */
    public ModelHook[] models() {
        return models;
    }

    /** Where templates are looked for, in this order. */
    public List<TemplateLocation> templates() {
        return templates;
    }
}

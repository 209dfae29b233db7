/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.spec;

import dev.cyanotype.exchange.Interceptor;
import dev.cyanotype.http.AfterHook;
import dev.cyanotype.http.BeforeHook;
import dev.cyanotype.http.ModelHook;
import dev.cyanotype.http.TeardownHook;
import dev.cyanotype.http.UrlDefaultsHook;
import dev.cyanotype.http.UrlValuesHook;
import java.util.List;

/** The hooks and error handlers of one scope, each kind in declared order. */
public record HookSpecs(
        List<Hook<UrlValuesHook>> urlValues,
        List<Hook<UrlDefaultsHook>> urlDefaults,
        List<Hook<BeforeHook>> before,
        List<Hook<AfterHook>> after,
        List<Hook<TeardownHook>> teardown,
        List<Hook<Interceptor>> interceptors,
        List<Hook<ModelHook>> models,
        List<ErrorSpec> errors) {

    public static final HookSpecs NONE =
            new HookSpecs(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

    public HookSpecs {
        urlValues = List.copyOf(urlValues);
        urlDefaults = List.copyOf(urlDefaults);
        before = List.copyOf(before);
        after = List.copyOf(after);
        teardown = List.copyOf(teardown);
        interceptors = List.copyOf(interceptors);
        models = List.copyOf(models);
        errors = List.copyOf(errors);
    }
}

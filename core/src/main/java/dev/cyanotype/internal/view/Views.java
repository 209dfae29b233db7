/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.view;

import dev.cyanotype.exchange.Response;
import dev.cyanotype.exchange.TemplateException;
import dev.cyanotype.exchange.View;
import dev.cyanotype.http.HttpContext;
import dev.cyanotype.http.ModelHook;
import dev.cyanotype.http.Urls;
import dev.cyanotype.internal.spec.TemplateLocation;
import dev.cyanotype.spi.TemplateCall;
import dev.cyanotype.spi.TemplateEngine;
import dev.cyanotype.spi.TemplateEngineProvider;
import dev.cyanotype.spi.TemplateFolders;
import java.io.StringWriter;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Renders the views of an app. Thread-safe. */
public final class Views {

    private final @Nullable TemplateEngineProvider provider;
    private final boolean cached;
    private final Map<List<TemplateLocation>, TemplateEngine> engines = new ConcurrentHashMap<>();

    private record Call(String template, View.Format format, Map<String, @Nullable Object> model, Urls urls)
            implements TemplateCall {}

    private Views(@Nullable TemplateEngineProvider provider, boolean cached) {
        this.provider = provider;
        this.cached = cached;
    }

    /** Those of an app without templates. */
    public static Views none() {
        return new Views(null, true);
    }

    /**
     * Those of an app with templates.
     *
     * @param cached whether templates are read once
     */
    public static Views of(TemplateEngineProvider provider, boolean cached) {
        return new Views(provider, cached);
    }

    /**
     * The response with its view rendered.
     *
     * @param models those of the request's scopes, the outermost first
     * @param locations where its templates are looked for
     * @throws TemplateException if the template is missing or wrong
     * @throws Exception of a model function
     */
    public Response render(HttpContext ctx, Response response, ModelHook[] models, List<TemplateLocation> locations)
            throws Exception {
        View view = (View) Objects.requireNonNull(response.body(), "body");
        // Asked first, because computeIfAbsent may lock even where the engine is there.
        TemplateEngine known = engines.get(locations);
        TemplateEngine engine = known == null ? engines.computeIfAbsent(locations, this::engine) : known;
        Call call = new Call(view.template(), view.format(), model(ctx, view, models), ctx.urls());
        StringWriter out = new StringWriter();
        try {
            engine.render(call, out);
        } catch (TemplateException e) {
            throw e;
        } catch (Exception e) {
            throw new TemplateException("template '" + view.template() + "' can't be rendered: " + e, e);
        }
        Response rendered =
                Response.text(out.toString()).status(response.status()).headers(response.headers());
        return response.contentType() == null ? rendered : rendered.contentType(response.contentType());
    }

    private TemplateEngine engine(List<TemplateLocation> locations) {
        TemplateFolders folders = new SearchedFolders(locations, cached);
        if (provider == null) {
            // There are no folders, or there would be an engine: the message says so.
            return (call, out) -> out.write(folders.read(call.template()));
        }
        TemplateEngine engine;
        try {
            engine = provider.create(folders);
        } catch (RuntimeException | LinkageError e) {
            throw new TemplateException("template engine '" + provider.id() + "' could not be made: " + e, e);
        }
        if (engine == null) {
            throw new TemplateException(
                    "template engine '" + provider.id()
                            + "' could not be made: create(…) returned null (expected: an engine)",
                    null);
        }
        return engine;
    }

    private static Map<String, @Nullable Object> model(HttpContext ctx, View view, ModelHook[] models)
            throws Exception {
        if (models.length == 0) {
            return Collections.unmodifiableMap(view.model());
        }
        Map<String, @Nullable Object> all = new HashMap<>();
        for (ModelHook hook : models) {
            Map<String, ?> values = hook.model(ctx);
            if (values == null) {
                throw new IllegalStateException(ctx + ": a model function returned null. Return an empty map.");
            }
            all.putAll(values);
        }
        all.putAll(view.model());
        return Collections.unmodifiableMap(all);
    }
}

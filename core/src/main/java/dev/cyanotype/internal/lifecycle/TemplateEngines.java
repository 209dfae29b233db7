/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.lifecycle;

import dev.cyanotype.exchange.TemplateException;
import dev.cyanotype.internal.assembly.Assembly;
import dev.cyanotype.internal.plugin.Failure;
import dev.cyanotype.internal.plugin.Ids;
import dev.cyanotype.internal.plugin.Places;
import dev.cyanotype.internal.plugin.Services;
import dev.cyanotype.internal.spec.TemplateLocation;
import dev.cyanotype.internal.view.Views;
import dev.cyanotype.spi.Settings;
import dev.cyanotype.spi.TemplateEngineProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the provider of template engines. */
final class TemplateEngines {

    private static final String WHAT = "template engine";

    private final Map<String, TemplateEngineProvider> byId = new TreeMap<>();

    /** What could be there if a library were. */
    private final List<String> incomplete = new ArrayList<>();

    private TemplateEngines() {}

    /**
     * What renders the views of an app.
     *
     * @param given the provider given to the app's builder, or null for the only one there is
     * @throws TemplateException if the app has templates, and there is no engine, or there are several, or one is broken
     */
    static Views views(String app, Assembly assembly, @Nullable TemplateEngineProvider given, Settings settings) {
        List<TemplateLocation> locations = assembly.app().chain().templates();
        if (locations.isEmpty()) {
            return Views.none();
        }
        if (given != null) {
            id(given);
        }
        TemplateEngineProvider provider =
                given != null ? given : find("app '" + app + "' has templates in " + locations.get(0));
        return Views.of(provider, CoreSettings.templateCache(settings));
    }

    private static TemplateEngineProvider find(String who) {
        TemplateEngines engines = new TemplateEngines();
        Services.find(WHAT, TemplateEngineProvider.class)
                .all(TemplateException::new)
                .forEach(engines::load);
        if (engines.byId.isEmpty()) {
            String found = engines.incomplete.isEmpty() ? "found: none" : String.join(", ", engines.incomplete);
            throw new TemplateException(
                    "%s, but there is no template engine. Add io.pebbletemplates:pebble (%s).".formatted(who, found),
                    null);
        }
        if (engines.byId.size() > 1) {
            throw new TemplateException(
                    "%s, and there are several template engines: %s. Choose one with templateEngine(…)."
                            .formatted(
                                    who,
                                    engines.byId.values().stream()
                                            .map(engine -> Places.describe(engine.getClass()))
                                            .collect(Collectors.joining(", "))),
                    null);
        }
        return engines.byId.values().iterator().next();
    }

    private void load(ServiceLoader.Provider<TemplateEngineProvider> service) {
        try {
            add(service.get());
        } catch (ServiceConfigurationError | LinkageError e) {
            Throwable cause = Failure.cause(e);
            if (!(cause instanceof NoClassDefFoundError)) {
                throw new TemplateException(
                        "%s %s could not be loaded: %s"
                                .formatted(WHAT, Places.describe(service.type()), Failure.text(e)),
                        e);
            }
            incomplete.add(service.type().getName() + " lacks " + cause.getMessage());
        }
    }

    private void add(TemplateEngineProvider provider) {
        String id = id(provider);
        TemplateEngineProvider known = byId.putIfAbsent(id, provider);
        if (known != null) {
            throw new TemplateException(
                    "two template engines have the id '%s': %s, %s. Remove one jar or pass one explicitly."
                            .formatted(id, Places.describe(known.getClass()), Places.describe(provider.getClass())),
                    null);
        }
    }

    private static String id(TemplateEngineProvider provider) {
        String id;
        try {
            id = provider.id();
        } catch (RuntimeException | LinkageError e) {
            throw new TemplateException(
                    "%s %s: id() failed: %s".formatted(WHAT, Places.describe(provider.getClass()), Failure.text(e)), e);
        }
        String problem = Ids.problem(id, "pebble");
        if (problem != null) {
            throw new TemplateException(
                    "%s %s: %s. Repair or remove it.".formatted(WHAT, Places.describe(provider.getClass()), problem),
                    null);
        }
        return id;
    }
}

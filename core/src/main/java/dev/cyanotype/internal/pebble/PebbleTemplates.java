/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.pebble;

import dev.cyanotype.exchange.TemplateException;
import dev.cyanotype.exchange.View;
import dev.cyanotype.spi.TemplateCall;
import dev.cyanotype.spi.TemplateEngine;
import dev.cyanotype.spi.TemplateFolders;
import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.error.PebbleException;
import io.pebbletemplates.pebble.extension.escaper.EscapeFilter;
import java.io.IOException;
import java.io.Writer;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Pebble on the folders of one scope.
 *
 * <p>There is one engine of Pebble for each way of escaping, because Pebble sets that for a whole engine. So the view says how
 * values are escaped, also in the templates it includes: a page that includes a text is still a page.
 */
final class PebbleTemplates implements TemplateEngine {

    /** What a model may hold to format numbers and dates the way its reader expects. */
    private static final String LOCALE = "locale";

    private final Map<View.Format, PebbleEngine> engines = new EnumMap<>(View.Format.class);

    PebbleTemplates(TemplateFolders folders) {
        FoldersLoader loader = new FoldersLoader(folders);
        PebbleEngine html = engine(loader, folders.cached(), EscapeFilter.HTML_ESCAPE_STRATEGY);
        for (View.Format format : View.Format.values()) {
            // The escaping of HTML is the one of XML as well.
            engines.put(
                    format,
                    switch (format) {
                        case HTML, XML -> html;
                        case JSON -> engine(loader, folders.cached(), EscapeFilter.JSON_ESCAPE_STRATEGY);
                        case JAVASCRIPT -> engine(loader, folders.cached(), EscapeFilter.JAVASCRIPT_ESCAPE_STRATEGY);
                        case CSS -> engine(loader, folders.cached(), EscapeFilter.CSS_ESCAPE_STRATEGY);
                        case TEXT -> engine(loader, folders.cached(), null);
                    });
        }
    }

    private static PebbleEngine engine(FoldersLoader loader, boolean cached, @Nullable String escaping) {
        PebbleEngine.Builder builder = new PebbleEngine.Builder()
                .loader(loader)
                .extension(new UrlFunctions())
                .cacheActive(cached)
                // Or else a line break behind a value would be lost, and with it the lines of a mail.
                .newLineTrimming(false)
                // Not that of the machine the service happens to run on.
                .defaultLocale(Locale.ENGLISH)
                .autoEscaping(escaping != null);
        return (escaping == null ? builder : builder.defaultEscapingStrategy(escaping)).build();
    }

    @Override
    public void render(TemplateCall call, Writer out) throws IOException {
        PebbleEngine engine = Objects.requireNonNull(engines.get(call.format()));
        Locale locale = call.model().get(LOCALE) instanceof Locale given ? given : Locale.ENGLISH;
        try {
            // A copy, because {% set %} writes into it.
            Map<String, Object> model = new HashMap<>(call.model());
            model.put(UrlFunctions.VARIABLE, call.urls());
            engine.getTemplate(call.template()).evaluate(out, model, locale);
        } catch (PebbleException e) {
            throw failure(call.template(), e);
        }
    }

    /** With the template that is wrong and its line, which need not be the one that was asked for. */
    private static TemplateException failure(String template, PebbleException e) {
        String file = e.getFileName() == null ? template : e.getFileName();
        Integer line = e.getLineNumber();
        return new TemplateException(
                "template '%s'%s: %s".formatted(file, line == null ? "" : " line " + line, e.getPebbleMessage()), e);
    }
}

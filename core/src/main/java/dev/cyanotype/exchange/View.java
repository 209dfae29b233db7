/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.exchange;

import dev.cyanotype.internal.text.TemplateNames;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * A template with the values it shows: the body of {@link Response#view(String, Map)}.
 *
 * <p>Thread-safe as far as its values are.
 *
 * @param template the template's name within the folders of the app and its blueprints, such as {@code users/list.html};
 *     never one that a client chose
 * @param model the values by name; not copied, so leave the map alone afterwards
 * @since 0.1
 */
public record View(String template, Map<String, ?> model) {

    /** What a template makes, which says how values are escaped in it. */
    public enum Format {
        /** A page. */
        HTML,
        /** XML, also SVG. */
        XML,
        /** JSON. */
        JSON,
        /** JavaScript. */
        JAVASCRIPT,
        /** A style sheet. */
        CSS,
        /** Plain text, in which nothing is escaped. */
        TEXT
    }

    private static final Map<String, Type> TYPES = Map.ofEntries(
            Map.entry("html", new Type("text/html;charset=utf-8", Format.HTML)),
            Map.entry("htm", new Type("text/html;charset=utf-8", Format.HTML)),
            Map.entry("xhtml", new Type("application/xhtml+xml;charset=utf-8", Format.XML)),
            Map.entry("xml", new Type("application/xml;charset=utf-8", Format.XML)),
            Map.entry("svg", new Type("image/svg+xml;charset=utf-8", Format.XML)),
            Map.entry("json", new Type("application/json", Format.JSON)),
            Map.entry("js", new Type("text/javascript;charset=utf-8", Format.JAVASCRIPT)),
            Map.entry("css", new Type("text/css;charset=utf-8", Format.CSS)),
            Map.entry("txt", new Type("text/plain;charset=utf-8", Format.TEXT)),
            Map.entry("csv", new Type("text/csv;charset=utf-8", Format.TEXT)));

    private record Type(String contentType, Format format) {}

    /**
     * Checks the name.
     *
     * @param template names joined by slashes
     * @param model the values
     * @throws IllegalArgumentException if the name could lead out of a folder
     */
    public View {
        TemplateNames.check(Objects.requireNonNull(template, "template"));
        Objects.requireNonNull(model, "model");
    }

    /**
     * What the template makes: what its name ends in, other endings behind that left aside.
     *
     * @return {@link Format#TEXT} for {@code mail.txt} and {@code mail.txt.peb}; {@link Format#HTML} if the name says
     *     nothing
     */
    public Format format() {
        return type().format();
    }

    /**
     * The media type that follows from the template's name.
     *
     * @return such as {@code text/html;charset=utf-8}, which is also that of unknown names
     */
    public String contentType() {
        return type().contentType();
    }

    private Type type() {
        String file = template.substring(template.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        int end = file.length();
        for (int dot = file.lastIndexOf('.'); dot >= 0; dot = file.lastIndexOf('.', dot - 1)) {
            Type type = TYPES.get(file.substring(dot + 1, end));
            if (type != null) {
                return type;
            }
            end = dot;
        }
        return new Type("text/html;charset=utf-8", Format.HTML);
    }

    /** The template; values may be secret. */
    @Override
    public String toString() {
        return "View[" + template + "]";
    }
}

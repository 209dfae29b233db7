/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.pebble;

import dev.cyanotype.http.Url;
import dev.cyanotype.http.UrlBuildException;
import dev.cyanotype.http.Urls;
import io.pebbletemplates.pebble.error.PebbleException;
import io.pebbletemplates.pebble.extension.AbstractExtension;
import io.pebbletemplates.pebble.extension.Function;
import io.pebbletemplates.pebble.template.EvaluationContext;
import io.pebbletemplates.pebble.template.EvaluationContextImpl;
import io.pebbletemplates.pebble.template.PebbleTemplate;
import io.pebbletemplates.pebble.template.Scope;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The functions {@code url("users.show", id=3)} and {@code file("users.assets", "a.css")}. */
final class UrlFunctions extends AbstractExtension {

    /** Where a rendering has the URLs of its request: no name that a template could write. */
    static final String VARIABLE = "cyanotype urls";

    @Override
    public Map<String, Function> getFunctions() {
        return Map.of("url", new UrlFunction(), "file", new FileFunction());
    }

    /** The URL of a route; what is named is a path parameter or goes to the query. */
    private static final class UrlFunction implements Function {

        private static final String NAME = "0";

        /** Any: those are the parameters of the route. */
        @Override
        public @Nullable List<String> getArgumentNames() {
            return null;
        }

        @Override
        public Object execute(Map<String, Object> arguments, PebbleTemplate self, EvaluationContext context, int line) {
            try {
                // In a fixed order, so that a query has one too.
                Map<String, Object> values = new TreeMap<>(arguments);
                Url url = urls(context).to(text("url", "the name of a route", values.remove(NAME)));
                for (Map.Entry<String, Object> value : values.entrySet()) {
                    if (Character.isDigit(value.getKey().charAt(0))) {
                        throw new UrlBuildException(
                                "url: one value too many. Write its name in front, as in url(\"users.show\", id=3).");
                    }
                    if (value.getValue() != null) {
                        url = url.with(value.getKey(), value.getValue());
                    }
                }
                return url.path();
            } catch (UrlBuildException | IllegalArgumentException e) {
                throw new PebbleException(e, e.getMessage(), line, self.getName());
            }
        }
    }

    /** The URL of a static file. */
    private static final class FileFunction implements Function {

        private static final String NAME = "name";
        private static final String FILE = "file";

        @Override
        public List<String> getArgumentNames() {
            return List.of(NAME, FILE);
        }

        @Override
        public Object execute(Map<String, Object> arguments, PebbleTemplate self, EvaluationContext context, int line) {
            try {
                return urls(context)
                        .file(
                                text("file", "the name of files", arguments.get(NAME)),
                                text("file", "a file's path", arguments.get(FILE)))
                        .path();
            } catch (UrlBuildException | IllegalArgumentException e) {
                throw new PebbleException(e, e.getMessage(), line, self.getName());
            }
        }
    }

    private static String text(String function, String what, @Nullable Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw new UrlBuildException(function + ": " + what + " is missing (expected: text)");
    }

    /** The URLs of the request, also inside a macro, which sees nothing of the model. */
    private static Urls urls(EvaluationContext context) {
        Object found = context.getVariable(VARIABLE);
        if (found == null && context instanceof EvaluationContextImpl inside) {
            for (Scope scope : inside.getScopeChain().getGlobalScopes()) {
                found = found == null ? scope.get(VARIABLE) : found;
            }
        }
        return (Urls) Objects.requireNonNull(found, VARIABLE);
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.spi;

import dev.cyanotype.exchange.View;
import dev.cyanotype.http.Urls;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One template to be rendered for one request.
 *
 * <p>Implemented by the library only. Not thread-safe.
 *
 * @since 0.1
 */
public interface TemplateCall {

    /**
     * The template.
     *
     * @return its name, to be read from the engine's folders
     */
    String template();

    /**
     * How values are to be escaped, also in what the template includes and extends.
     *
     * @return the format of what comes out
     */
    View.Format format();

    /**
     * The values that the template shows.
     *
     * @return by name, unmodifiable
     */
    Map<String, @Nullable Object> model();

    /**
     * The URLs of the app, as the request sees them, for functions of the template's language.
     *
     * @return what {@code ctx.urls()} is in a handler
     */
    Urls urls();
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http;

import java.util.Map;

/**
 * Supplies path parameters when a URL is built during a request, such as the language of the current page.
 *
 * <p>Those of the scopes around the target run, the outermost first. What the target's path does not have is dropped, so a
 * hook need not know what it has. Called by many threads at once.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface UrlDefaultsHook {

    /**
     * Supplies values.
     *
     * @param ctx the request during which the URL is built
     * @param values what was given so far, by parameter; add with {@link Map#putIfAbsent}
     */
    void apply(HttpContext ctx, Map<String, Object> values);
}

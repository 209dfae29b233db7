/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http;

import java.util.Map;

/**
 * Looks at the path parameters before everything else and may take some out.
 *
 * <p>For example: take {@code lang} out of every route under {@code /{lang}} and keep it as an attribute.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface UrlValuesHook {

    /**
     * Changes the values in place.
     *
     * @param ctx the request
     * @param values the path parameters by name, in the order of the path
     * @throws Exception to hand the request to the error handlers
     */
    void apply(HttpContext ctx, Map<String, String> values) throws Exception;
}

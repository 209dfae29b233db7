/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http;

import java.util.Map;

/**
 * Gives values to every view that is rendered in its scope, such as the user who is signed in.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface ModelHook {

    /**
     * Makes the values for one view.
     *
     * @param ctx the request
     * @return values by name, often few; never null
     * @throws Exception to hand the request to the error handlers
     */
    Map<String, ?> model(HttpContext ctx) throws Exception;
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http;

import dev.cyanotype.exchange.Response;
import org.jspecify.annotations.Nullable;

/**
 * Runs before the handlers of its scope.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface BeforeHook {

    /**
     * Looks at the request and may answer it.
     *
     * @param ctx the request
     * @return null to go on; a response skips the inner before hooks and the handler, not the after hooks
     * @throws Exception to hand the request to the error handlers
     */
    @Nullable
    Response before(HttpContext ctx) throws Exception;
}

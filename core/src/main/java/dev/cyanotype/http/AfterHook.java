/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http;

import dev.cyanotype.exchange.Response;

/**
 * Runs after the handlers of its scope, also after a short-circuit and after a handled error.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface AfterHook {

    /**
     * Looks at the response and may change it.
     *
     * @param ctx the request
     * @param response what will be sent so far
     * @return what to send: the same response or another, never null
     * @throws Exception to have the request answered by the error handlers; the remaining after hooks are skipped
     */
    Response after(HttpContext ctx, Response response) throws Exception;
}

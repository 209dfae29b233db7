/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http;

import org.jspecify.annotations.Nullable;

/**
 * Answers the requests of a route.
 *
 * <p>One instance serves all requests at once and has to be thread-safe.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface RouteHandler {

    /**
     * Answers one request.
     *
     * @param ctx the request
     * @return a plain value (200, as JSON), a {@link dev.cyanotype.exchange.Response}, null (204), an
     *     {@link java.util.Optional} (404 if empty), or a {@link java.util.concurrent.CompletionStage} of one of these,
     *     awaited without holding the thread
     * @throws Exception to hand the request to the error handlers
     */
    @Nullable
    Object handle(HttpContext ctx) throws Exception;
}

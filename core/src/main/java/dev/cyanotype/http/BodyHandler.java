/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http;

import org.jspecify.annotations.Nullable;

/**
 * Answers the requests of a route whose JSON body is decoded first.
 *
 * <p>It is not called when the body is missing, malformed, of another type or too large: the client gets 400, 413 or
 * 415. One instance serves all requests at once and has to be thread-safe.
 *
 * @param <T> the type of the body
 * @since 0.1
 */
@FunctionalInterface
public interface BodyHandler<T> {

    /**
     * Answers one request.
     *
     * @param body the decoded body
     * @param ctx the request
     * @return what {@link RouteHandler#handle} may return
     * @throws Exception to hand the request to the error handlers
     */
    @Nullable
    Object handle(T body, HttpContext ctx) throws Exception;
}

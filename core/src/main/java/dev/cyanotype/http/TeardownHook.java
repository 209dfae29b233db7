/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http;

import org.jspecify.annotations.Nullable;

/**
 * Runs at the end of every request of its scope, whatever happened: the place to give things back.
 *
 * <p>It runs when the response is ready to be sent; when the body is a stream, after the stream has ended.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface TeardownHook {

    /**
     * Gives back what the request held.
     *
     * @param ctx the request
     * @param unhandled the error that no error handler took, or null
     * @throws Exception is logged; the other teardown hooks run all the same
     */
    void teardown(HttpContext ctx, @Nullable Throwable unhandled) throws Exception;
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

import dev.cyanotype.exchange.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * What stands in a test where a handler stands otherwise.
 *
 * @param <C> what it is given, such as {@link dev.cyanotype.http.HttpContext}
 * @since 0.1
 */
@FunctionalInterface
public interface Replacement<C extends Exchange> {

    /**
     * Handles what the handler would have.
     *
     * @param ctx what is being handled
     * @return whatever a handler may return; for a listener, a consumer or a task it does not count
     * @throws Exception to hand it to the error handlers
     */
    @Nullable
    Object handle(C ctx) throws Exception;
}

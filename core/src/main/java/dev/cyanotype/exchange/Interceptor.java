/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.exchange;

import org.jspecify.annotations.Nullable;

/**
 * Runs around the handlers of every transport: timing, transactions, retries, access rules.
 *
 * <p>It may look, change the result, answer without calling {@link Next#proceed()}, or call it more than once. The
 * outermost scope's interceptors run first. One instance serves all exchanges at once and has to be thread-safe.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Interceptor {

    /**
     * Handles the exchange, usually by proceeding.
     *
     * @param exchange what is being handled
     * @param next the rest of the chain
     * @return a result of any kind a handler may return
     * @throws Exception to hand the exchange to the error handlers
     */
    @Nullable
    Object intercept(Exchange exchange, Next next) throws Exception;

    /** The rest of a chain: the inner interceptors and the handler. */
    @FunctionalInterface
    interface Next {

        /**
         * Runs the rest.
         *
         * @return exactly what it returned: a plain value, a {@link Response}, null, or a
         *     {@link java.util.concurrent.CompletionStage} of one of these
         * @throws Exception what the handler or an inner interceptor threw
         */
        @Nullable
        Object proceed() throws Exception;
    }
}

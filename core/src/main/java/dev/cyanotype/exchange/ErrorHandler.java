/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.exchange;

import org.jspecify.annotations.Nullable;

/**
 * Answers an error of one kind within a scope.
 *
 * <p>One instance serves all exchanges at once and has to be thread-safe.
 *
 * @param <E> the type of error
 * @since 0.1
 */
@FunctionalInterface
public interface ErrorHandler<E extends Throwable> {

    /**
     * Turns the error into an answer.
     *
     * @param exchange the exchange that failed; {@link Exchange#as} gives its kind
     * @param error the error; a handler for a status code gets an {@link HttpException} whose cause is the original
     * @return a {@link Response}, or a plain value that is sent with the error's status, or null to leave the error to
     *     the next outer scope
     * @throws Exception to hand the new error to the next outer scope
     */
    @Nullable
    Object handle(Exchange exchange, E error) throws Exception;
}

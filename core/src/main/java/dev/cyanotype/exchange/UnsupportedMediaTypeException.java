/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.exchange;

import org.jspecify.annotations.Nullable;

/**
 * The request body is of a content type that the handler does not take.
 *
 * <p>Status 415.
 *
 * @since 0.1
 */
public class UnsupportedMediaTypeException extends HttpException {

    private static final long serialVersionUID = 1L;

    /**
     * An error for the client.
     *
     * @param message what the client is told
     */
    public UnsupportedMediaTypeException(String message) {
        this(message, null);
    }

    /**
     * An error for the client with its cause for the log.
     *
     * @param message what the client is told
     * @param cause what the client is not told, or null
     */
    public UnsupportedMediaTypeException(String message, @Nullable Throwable cause) {
        super(415, message, cause);
    }
}

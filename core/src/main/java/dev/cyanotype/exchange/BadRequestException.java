/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.exchange;

import org.jspecify.annotations.Nullable;

/**
 * The request itself is wrong: malformed, or of the wrong type.
 *
 * <p>Status 400.
 *
 * @since 0.1
 */
public class BadRequestException extends HttpException {

    private static final long serialVersionUID = 1L;

    /**
     * An error for the client.
     *
     * @param message what the client is told
     */
    public BadRequestException(String message) {
        this(message, null);
    }

    /**
     * An error for the client with its cause for the log.
     *
     * @param message what the client is told
     * @param cause what the client is not told, or null
     */
    public BadRequestException(String message, @Nullable Throwable cause) {
        super(400, message, cause);
    }
}

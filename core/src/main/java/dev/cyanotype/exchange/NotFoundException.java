/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.exchange;

import org.jspecify.annotations.Nullable;

/**
 * There is nothing at this address.
 *
 * <p>Status 404.
 *
 * @since 0.1
 */
public class NotFoundException extends HttpException {

    private static final long serialVersionUID = 1L;

    /**
     * An error for the client.
     *
     * @param message what the client is told
     */
    public NotFoundException(String message) {
        this(message, null);
    }

    /**
     * An error for the client with its cause for the log.
     *
     * @param message what the client is told
     * @param cause what the client is not told, or null
     */
    public NotFoundException(String message, @Nullable Throwable cause) {
        super(404, message, cause);
    }
}

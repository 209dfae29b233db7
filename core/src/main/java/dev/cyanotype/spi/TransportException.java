/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.spi;

import org.jspecify.annotations.Nullable;

/**
 * A transport that could not be found, loaded or opened.
 *
 * @since 0.1
 */
public class TransportException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * A transport that failed.
     *
     * @param message which one, why, and what to do
     * @param cause what it failed of, or null
     */
    public TransportException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.message;

import org.jspecify.annotations.Nullable;

/**
 * A call of an action that brought no result.
 *
 * @since 0.1
 */
public class CallException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * A failed call.
     *
     * @param message which call failed, and how
     * @param cause what it failed of, or null
     */
    public CallException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

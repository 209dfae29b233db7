/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.message;

import org.jspecify.annotations.Nullable;

/**
 * A message that could not be sent, or may not have been.
 *
 * @since 0.1
 */
public class MessagingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * A message that was not sent.
     *
     * @param message what failed, and how
     * @param cause what it failed of, or null
     */
    public MessagingException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

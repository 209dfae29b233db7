/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.exchange;

import org.jspecify.annotations.Nullable;

/**
 * A template that is missing, is refused, or can't be rendered.
 *
 * <p>For the client it is a 500 like any unexpected error, unless an error handler answers it.
 *
 * @since 0.1
 */
public final class TemplateException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * A failure.
     *
     * @param message names the template and says what is wrong with it
     * @param cause null if there is none
     */
    public TemplateException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

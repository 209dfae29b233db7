/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.socket;

import dev.cyanotype.exchange.Headers;
import dev.cyanotype.exchange.HttpException;

/** There is no place for a client at the moment. Expected, so that it is no reason for a stack trace in the log. */
public final class OverloadException extends HttpException {

    private static final long serialVersionUID = 1L;

    private static final Headers LATER = Headers.empty().with("Retry-After", "5");

    OverloadException(String message) {
        super(503, message, null, LATER);
    }
}

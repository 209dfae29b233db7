/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.exchange;

import org.jspecify.annotations.Nullable;

/**
 * An error with an HTTP status and a message that is meant for the client.
 *
 * <p>Throw it from any handler, hook or interceptor: over HTTP it becomes that status, on an action or a socket an error
 * reply. Of no other exception does the client ever see the message. Subclass it for errors of your own.
 *
 * @since 0.1
 */
public class HttpException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** From 400 to 599. */
    private final int status;

    private final transient Headers headers;

    /**
     * An error for the client.
     *
     * @param status from 400 to 599
     * @param message what the client is told
     */
    public HttpException(int status, String message) {
        this(status, message, null);
    }

    /**
     * An error for the client with its cause for the log.
     *
     * @param status from 400 to 599
     * @param message what the client is told
     * @param cause what the client is not told, or null
     */
    public HttpException(int status, String message, @Nullable Throwable cause) {
        this(status, message, cause, Headers.empty());
    }

    /**
     * An error for the client with header fields of its own.
     *
     * @param status from 400 to 599
     * @param message what the client is told
     * @param cause what the client is not told, or null
     * @param headers sent with the default answer, such as {@code Retry-After}
     * @throws IllegalArgumentException if the status is no error
     */
    public HttpException(int status, String message, @Nullable Throwable cause, Headers headers) {
        super(message, cause);
        this.status = ErrorCodes.check(status);
        this.headers = headers;
    }

    /**
     * The HTTP status.
     *
     * @return from 400 to 599
     */
    public int status() {
        return status;
    }

    /**
     * Header fields for the default answer.
     *
     * @return often empty
     */
    public Headers headers() {
        return headers == null ? Headers.empty() : headers;
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.message;

import tools.jackson.databind.JsonNode;

/**
 * A call that the service answered with an error.
 *
 * @since 0.1
 */
public class ErrorReplyException extends CallException {

    private static final long serialVersionUID = 1L;

    private final transient JsonNode payload;

    /**
     * A call with an error reply.
     *
     * @param message the service's text
     * @param payload the reply's whole payload
     */
    public ErrorReplyException(String message, JsonNode payload) {
        super(message, null);
        this.payload = payload;
    }

    /**
     * The reply's whole payload.
     *
     * @return an object with at least the text {@code error}
     */
    public JsonNode payload() {
        return payload;
    }
}

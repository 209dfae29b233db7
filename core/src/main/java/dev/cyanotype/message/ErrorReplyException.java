/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.message;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A call that the service answered with an error.
 *
 * @since 0.1
 */
public class ErrorReplyException extends CallException {

    private static final long serialVersionUID = 1L;

    /** The HTTP status that the error would have. */
    private final int status;

    private final transient JsonNode payload;

    /**
     * A call with an error reply.
     *
     * @param status the HTTP status that the error would have, 400 or more
     * @param message the service's text
     * @param payload the reply's whole payload
     */
    public ErrorReplyException(int status, String message, JsonNode payload) {
        super(message, null);
        this.status = status;
        this.payload = payload;
    }

    /**
     * The HTTP status that the error would have.
     *
     * @return 400 or more; 500 if the service did not say
     */
    public int status() {
        return status;
    }

    /**
     * The reply's whole payload.
     *
     * @return an object with at least the text {@code error}; where this was serialized, with nothing else
     */
    public JsonNode payload() {
        return payload == null ? JsonNodeFactory.instance.objectNode().put("error", getMessage()) : payload;
    }
}

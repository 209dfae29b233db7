/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.spi;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The last reply to a request for an action.
 *
 * @param status the HTTP status it would have, 400 or more for an error
 * @param payload the result, or an object with at least the text {@code error}
 * @since 0.1
 */
public record Reply(int status, JsonNode payload) {

    /**
     * A reply that says why a request failed.
     *
     * @param status 400 to 599
     * @param error the text that the caller is shown
     * @return with nothing but that text
     */
    public static Reply error(int status, String error) {
        return new Reply(status, JsonNodeFactory.instance.objectNode().put("error", error));
    }

    /**
     * This as a message, for a bus without a format of its own; {@link ActionRequest#answered} reads it.
     *
     * @return an object of {@code status} and {@code payload}, which is not copied
     */
    public JsonNode toJson() {
        return JsonNodeFactory.instance.objectNode().put("status", status).set("payload", payload);
    }

    /**
     * Whether the request failed.
     *
     * @return true for an error
     */
    public boolean isError() {
        return status >= 400;
    }

    /**
     * Whether the request failed in a way that trying it again does not change.
     *
     * @return true for a status of 400 to 499 other than 408, 425 and 429
     */
    public boolean isPermanent() {
        return status >= 400 && status < 500 && status != 408 && status != 425 && status != 429;
    }

    /** Says how it ended, never the payload. */
    @Override
    public String toString() {
        return "Reply[" + status + "]";
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

import dev.cyanotype.spi.Reply;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * The reply to a called action.
 *
 * @since 0.1
 */
public final class TestReply {

    private final Reply reply;
    private final List<JsonNode> progress;

    TestReply(Reply reply, List<JsonNode> progress) {
        this.reply = reply;
        this.progress = List.copyOf(progress);
    }

    /**
     * Whether the call failed.
     *
     * @return true for an error
     */
    public boolean isError() {
        return reply.isError();
    }

    /**
     * The text of the error.
     *
     * @return empty if it is none
     */
    public String error() {
        return isError() ? payload().path("error").asString("") : "";
    }

    /**
     * What the action replied.
     *
     * @return the payload
     */
    public JsonNode payload() {
        return reply.payload();
    }

    /**
     * The replies before the last.
     *
     * @return in the order they were sent
     */
    public List<JsonNode> progress() {
        return progress;
    }

    @Override
    public String toString() {
        return (isError() ? "error reply " : "reply ") + payload();
    }
}

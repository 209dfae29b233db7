/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/**
 * A message that a websocket's client has got.
 *
 * <p>Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class TestFrame {

    private final boolean text;
    private final byte[] bytes;

    TestFrame(boolean text, byte[] bytes) {
        this.text = text;
        this.bytes = bytes;
    }

    /**
     * Whether it is text.
     *
     * @return false for a binary message
     */
    public boolean isText() {
        return text;
    }

    /**
     * Its content as text.
     *
     * @return decoded from UTF-8
     */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /**
     * Its content.
     *
     * @return a copy
     */
    public byte[] bytes() {
        return bytes.clone();
    }

    /**
     * Its content as JSON.
     *
     * @return the whole message
     * @throws IllegalArgumentException if it is no JSON
     */
    public JsonNode json() {
        return TestJson.parse(text());
    }

    /**
     * The message's type, on an app's socket for messages.
     *
     * @return empty if it has none
     */
    public String type() {
        return json().path("type").asString("");
    }

    /**
     * The message's data, on an app's socket for messages.
     *
     * @return a missing node if it has none
     */
    public JsonNode data() {
        return json().path("data");
    }

    @Override
    public String toString() {
        return text ? text() : bytes.length + " bytes";
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.spi;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * A message to websocket clients, encoded once for all that get it.
 *
 * <p>Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class SocketFrame {

    private final boolean text;
    private final ByteBuffer payload;

    private SocketFrame(boolean text, ByteBuffer payload) {
        this.text = text;
        this.payload = payload;
    }

    /**
     * A text message.
     *
     * @param text the text
     * @return the message
     */
    public static SocketFrame text(String text) {
        return text(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A text message that is encoded already.
     *
     * @param utf8 valid UTF-8, not changed by anybody from now on
     * @return the message
     */
    public static SocketFrame text(byte[] utf8) {
        return new SocketFrame(true, ByteBuffer.wrap(Objects.requireNonNull(utf8, "utf8")));
    }

    /**
     * A binary message.
     *
     * @param bytes the bytes, not changed by anybody from now on
     * @return the message
     */
    public static SocketFrame binary(byte[] bytes) {
        return new SocketFrame(false, ByteBuffer.wrap(Objects.requireNonNull(bytes, "bytes")));
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
     * Its content.
     *
     * @return a read-only buffer of the caller's own, over bytes that all callers share
     */
    public ByteBuffer payload() {
        return payload.asReadOnlyBuffer();
    }

    /**
     * The length of its content.
     *
     * @return in bytes
     */
    public int size() {
        return payload.remaining();
    }

    /** Says how long it is, never what it says. */
    @Override
    public String toString() {
        return "SocketFrame[" + (text ? "text, " : "binary, ") + size() + " bytes]";
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.websocket;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Puts a message together that comes in parts. Not thread-safe. */
final class MessageParts {

    private static final int LEAST_CAPACITY = 512;

    private final boolean text;
    private final int most;
    private byte[] bytes = {};
    private int size;

    MessageParts(boolean text, int most) {
        this.text = text;
        this.most = most;
    }

    boolean isText() {
        return text;
    }

    /** Adds a part, unless the message would be longer than it may; says whether it was added. */
    boolean add(@Nullable ByteBuffer part, boolean last) {
        int length = part == null ? 0 : part.remaining();
        if (length > most - size) {
            return false;
        }
        if (part != null && length > 0) {
            if (size + length > bytes.length) {
                // The last part leaves nothing to spare, so that the array is the message.
                int doubled = (int) Math.min(most, Math.max(LEAST_CAPACITY, 2L * bytes.length));
                bytes = Arrays.copyOf(bytes, last ? size + length : Math.max(size + length, doubled));
            }
            part.get(bytes, size, length);
            size += length;
        }
        return true;
    }

    byte[] binary() {
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }

    /** The text, or null if it is not valid UTF-8. */
    @Nullable
    String string() {
        String decoded = new String(bytes, 0, size, StandardCharsets.UTF_8);
        // What the quick way puts in place of bytes that mean nothing may also have been sent.
        return decoded.indexOf('\uFFFD') < 0 || isValid() ? decoded : null;
    }

    private boolean isValid() {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, size));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}

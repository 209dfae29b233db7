/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.websocket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;

/**
 * A close frame that is answered by the client before the connection ends, whatever its code.
 *
 * <p>At codes it calls abnormal, such as 1001, Jetty cuts the connection as soon as the frame is written; what the client
 * has sent meanwhile then resets the connection, and may cost it the frame. So Jetty is told an ordinary code.
 */
final class CloseFrame extends Frame implements CloseStatus.Supplier {

    private static final int MOST_REASON_BYTES = 123;

    CloseFrame(int code, String reason) {
        super(OpCode.CLOSE, true, payload(code, reason));
    }

    @Override
    public CloseStatus getCloseStatus() {
        return CloseStatus.NORMAL_STATUS;
    }

    private static ByteBuffer payload(int code, String reason) {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        int length = cut(text);
        return ByteBuffer.allocate(2 + length)
                .putShort((short) code)
                .put(text, 0, length)
                .flip();
    }

    /** How many bytes of a text fit, with no character cut in two. */
    private static int cut(byte[] text) {
        if (text.length <= MOST_REASON_BYTES) {
            return text.length;
        }
        int length = MOST_REASON_BYTES;
        while ((text[length] & 0xC0) == 0x80) {
            length--;
        }
        return length;
    }
}

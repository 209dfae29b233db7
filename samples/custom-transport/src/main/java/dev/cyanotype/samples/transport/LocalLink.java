/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.transport;

import dev.cyanotype.spi.MessageJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A connection between two processes, for one exchange: a question and its answers. Its end is that of the exchange. */
record LocalLink(SocketChannel channel, MessageJson json) implements AutoCloseable {

    private static final int LARGEST_BYTES = 64 << 20;

    /** What is sent at once: what it is, and what it carries, which is read only where it is wanted. */
    record Frame(JsonNode head, byte[] body) {

        int number() {
            return head.path("number").asInt(-1);
        }
    }

    /** A head of a number, which is a count, a role or a status. */
    static ObjectNode number(int number) {
        return JsonNodeFactory.instance.objectNode().put("number", number);
    }

    void send(JsonNode head, byte[] body) throws IOException {
        byte[] first = json.write(head);
        ByteBuffer frame = ByteBuffer.allocate(8 + first.length + body.length);
        frame.putInt(first.length).putInt(body.length).put(first).put(body).flip();
        synchronized (this) {
            while (frame.hasRemaining()) {
                channel.write(frame);
            }
        }
    }

    /** Waits for a frame; null if the other end has gone. */
    @Nullable
    Frame receive() throws IOException {
        ByteBuffer sizes = fill(8);
        ByteBuffer head = sizes == null ? null : fill(sizes.getInt());
        ByteBuffer body = sizes == null ? null : fill(sizes.getInt());
        return head == null || body == null ? null : new Frame(json.read(head.array()), body.array());
    }

    private @Nullable ByteBuffer fill(int size) throws IOException {
        if (size < 0 || size > LARGEST_BYTES) {
            throw new IOException("a frame of " + size + " bytes (expected: 0 to " + LARGEST_BYTES + ")");
        }
        ByteBuffer buffer = ByteBuffer.allocate(size);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                return null;
            }
        }
        return buffer.flip();
    }

    boolean isClosed() {
        return !channel.isOpen();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // It is gone all the same.
        }
    }
}

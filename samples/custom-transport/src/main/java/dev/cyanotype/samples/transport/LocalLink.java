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
    static final class Frame {

        private final JsonNode head;
        private final byte[] body;

        private Frame(JsonNode head, byte[] body) {
            this.head = head;
            this.body = body;
        }

        JsonNode head() {
            return head;
        }

        byte[] body() {
            return body;
        }

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
        byte[] start = read(8);
        if (start == null) {
            return null;
        }
        ByteBuffer sizes = ByteBuffer.wrap(start);
        byte[] head = read(sizes.getInt());
        byte[] body = read(sizes.getInt());
        return head == null || body == null ? null : new Frame(json.read(head), body);
    }

    private byte @Nullable [] read(int size) throws IOException {
        if (size < 0 || size > LARGEST_BYTES) {
            throw new IOException("a frame of " + size + " bytes (expected: 0 to " + LARGEST_BYTES + ")");
        }
        byte[] bytes = new byte[size];
        for (ByteBuffer buffer = ByteBuffer.wrap(bytes); buffer.hasRemaining(); ) {
            if (channel.read(buffer) < 0) {
                return null;
            }
        }
        return bytes;
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

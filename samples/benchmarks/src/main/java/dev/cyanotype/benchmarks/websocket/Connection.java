/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.benchmarks.websocket;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The client's end of one websocket, as cheap as it can be: it knows what comes next, and compares. Not thread-safe. */
final class Connection {

    private static final byte[] MASK = {0x5a, 0x33, 0x71, 0x0f};
    private static final int TEXT = 0x81;
    private static final int PING = 0x89;
    private static final int PONG = 0x8a;
    private static final int SMALL = 126;

    private final SocketChannel channel;
    private final Text sending;
    private final Text expected;
    private final byte[] frame;
    private byte[] rest = {};
    private int sent;
    private int received;

    /** When the oldest message that is not answered was sent; kept for one in flight only. */
    long sentAt;

    private Connection(SocketChannel channel, Text sending, Text expected) {
        this.channel = channel;
        this.sending = sending;
        this.expected = expected;
        this.frame = new byte[2 + MASK.length + sending.length()];
    }

    /**
     * Opens a websocket, and waits until it is open.
     *
     * @param number of the connection
     * @param sending what it sends, less than 126 bytes
     * @param expected what comes
     */
    static Connection open(int port, String path, int number, Text sending, Text expected) throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.connect(new InetSocketAddress("127.0.0.1", port));
        String request = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13"
                + "\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
        // One byte at a time would be slow, and more may be a part of a frame; servers here send none by themselves.
        ByteBuffer answer = ByteBuffer.allocate(4096);
        String text = "";
        while (!text.endsWith("\r\n\r\n")) {
            if (channel.read(answer) < 0) {
                throw new IOException("not opened: " + text);
            }
            text = new String(answer.array(), 0, answer.position(), StandardCharsets.US_ASCII);
        }
        if (!text.startsWith("HTTP/1.1 101 ")) {
            throw new IOException("not opened: " + text);
        }
        channel.configureBlocking(false);
        return new Connection(channel, sending.copy(number), expected.copy(number));
    }

    SocketChannel channel() {
        return channel;
    }

    int received() {
        return received;
    }

    int unanswered() {
        return sent - received;
    }

    /** Sends further messages. */
    void send(int messages, ByteBuffer buffer) throws IOException {
        buffer.clear();
        for (int i = 0; i < messages; i++) {
            sending.number(sent++);
            mask(TEXT, sending.bytes(), buffer);
        }
        write(buffer.flip());
    }

    private void mask(int opCode, byte[] payload, ByteBuffer buffer) {
        int length = 2 + MASK.length + payload.length;
        frame[0] = (byte) opCode;
        frame[1] = (byte) (0x80 | payload.length);
        System.arraycopy(MASK, 0, frame, 2, MASK.length);
        for (int i = 0; i < payload.length; i++) {
            frame[2 + MASK.length + i] = (byte) (payload[i] ^ MASK[i & 3]);
        }
        buffer.put(frame, 0, length);
    }

    private void write(ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.write(buffer) == 0) {
                // The server has stopped to read, which is not what is measured.
                Thread.onSpinWait();
            }
        }
    }

    /**
     * Reads what is there.
     *
     * @param in used for it
     * @return how many messages came
     * @throws IllegalStateException if something else came than should have
     */
    int read(ByteBuffer in, ByteBuffer out) throws IOException {
        in.clear().put(rest);
        if (channel.read(in) < 0) {
            throw new IOException("the server has closed a connection");
        }
        byte[] bytes = in.array();
        int end = in.position();
        int at = 0;
        int messages = 0;
        while (end - at >= 2) {
            int header = (bytes[at + 1] & 0x7f) < SMALL ? 2 : 4;
            int length = header == 2
                    ? bytes[at + 1]
                    : end - at < 4 ? end : (bytes[at + 2] & 0xff) << 8 | bytes[at + 3] & 0xff;
            if (end - at < header + length) {
                break;
            }
            if ((bytes[at] & 0xff) == PING) {
                out.clear();
                mask(PONG, new byte[0], out);
                write(out.flip());
            } else {
                check(bytes, at, header, length);
                messages++;
            }
            at += header + length;
        }
        rest = Arrays.copyOfRange(bytes, at, end);
        return messages;
    }

    private void check(byte[] bytes, int at, int header, int length) {
        expected.number(received++);
        if ((bytes[at] & 0xff) != TEXT
                || !Arrays.equals(bytes, at + header, at + header + length, expected.bytes(), 0, expected.length())) {
            throw new IllegalStateException("expected " + new String(expected.bytes(), StandardCharsets.US_ASCII)
                    + ", but got " + Integer.toHexString(bytes[at] & 0xff) + " "
                    + new String(bytes, at + header, length, StandardCharsets.UTF_8));
        }
    }

    void register(java.nio.channels.Selector selector) throws IOException {
        channel.register(selector, SelectionKey.OP_READ, this);
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.testkit.wire;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A client that sends what it likes, byte for byte: requests first, then frames. */
public final class RawSocket implements AutoCloseable {

    /** The first byte of a frame that is a whole message or a control frame. */
    public static final int FIN = 0x80;

    public static final int CONTINUATION = 0x0;
    public static final int TEXT = 0x1;
    public static final int BINARY = 0x2;
    public static final int CLOSE = 0x8;
    public static final int PING = 0x9;
    public static final int PONG = 0xA;

    /** Key and accept of RFC 6455, 1.3. */
    public static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    public static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

    private static final byte[] MASK = {0x37, (byte) 0xFA, 0x21, 0x3D};

    private final RawClient connection;

    /** A frame from the server. */
    @SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
    public record Frame(int firstByte, byte[] payload) {

        public boolean isFin() {
            return (firstByte & FIN) != 0;
        }

        public int opCode() {
            return firstByte & 0xF;
        }

        public String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }

        /** Such as {@code 1001 bye}; 1005 if there is no code. */
        public String closing() {
            if (opCode() != CLOSE) {
                throw new AssertionError("no close frame: " + this);
            }
            if (payload.length == 0) {
                return "1005";
            }
            String reason = new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
            return (ByteBuffer.wrap(payload).getShort() & 0xFFFF) + (reason.isEmpty() ? "" : " " + reason);
        }

        @Override
        public String toString() {
            return "%02x %s".formatted(firstByte, opCode() == CLOSE ? closing() : text());
        }
    }

    private RawSocket(RawClient connection) {
        this.connection = connection;
    }

    /** Connects and sends nothing. */
    public static RawSocket connect(URI address) throws IOException {
        return prepared(new Socket(address.getHost(), address.getPort()));
    }

    /** Connects from another address of this machine, and sends nothing. */
    public static RawSocket connectFrom(String local, URI address) throws IOException {
        return prepared(new Socket(
                InetAddress.getByName(address.getHost()), address.getPort(), InetAddress.getByName(local), 0));
    }

    /** Connects with so little room for what it gets that the server's side fills up soon, and opens a websocket. */
    public static RawSocket openNarrow(URI address, String target) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress(address.getHost(), address.getPort()));
        RawSocket narrow = prepared(socket);
        Answer answer = narrow.ask(target);
        if (answer.status() != 101) {
            narrow.close();
            throw new AssertionError("not upgraded: " + answer);
        }
        return narrow;
    }

    private static RawSocket prepared(Socket socket) throws IOException {
        return new RawSocket(RawClient.on(socket));
    }

    /** Connects and opens a websocket. */
    public static RawSocket open(URI address, String target, String... headerLines) throws IOException {
        RawSocket socket = connect(address);
        Answer answer = socket.ask(target, headerLines);
        if (answer.status() != 101) {
            socket.close();
            throw new AssertionError("not upgraded: " + answer);
        }
        return socket;
    }

    /** Asks for a websocket in the right way. */
    public Answer ask(String target, String... headerLines) throws IOException {
        String fields = String.join("\r\n", headerLines);
        return exchange(
                "GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " + KEY + "\r\n"
                        + (fields.isEmpty() ? "" : fields + "\r\n") + "\r\n");
    }

    /** Asks for something else. */
    public Answer get(String target, String... headerLines) throws IOException {
        String fields = String.join("\r\n", headerLines);
        return exchange("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n" + (fields.isEmpty() ? "" : fields + "\r\n")
                + "\r\n");
    }

    /** Sends a request as it is and reads the response. */
    public Answer exchange(String request) throws IOException {
        connection.send(request);
        return answer();
    }

    /** Reads a response. */
    public Answer answer() throws IOException {
        return connection.answer();
    }

    /** Sends a whole text message. */
    public RawSocket text(String text) throws IOException {
        return frame(FIN | TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends a close frame. */
    public RawSocket closing(int code, String reason) throws IOException {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        byte[] payload = ByteBuffer.allocate(2 + text.length)
                .putShort((short) code)
                .put(text)
                .array();
        return frame(FIN | CLOSE, payload);
    }

    /** Sends a masked frame. */
    public RawSocket frame(int firstByte, byte[] payload) throws IOException {
        return bytes(encode(firstByte, payload));
    }

    /** A masked frame. */
    public static byte[] encode(int firstByte, byte[] payload) {
        byte[] head = head(firstByte, payload.length, true);
        byte[] frame = Arrays.copyOf(head, head.length + payload.length);
        for (int i = 0; i < payload.length; i++) {
            frame[head.length + i] = (byte) (payload[i] ^ MASK[i % 4]);
        }
        return frame;
    }

    /** What comes before the payload of a frame, which need not follow. */
    public static byte[] head(int firstByte, long length, boolean masked) {
        ByteBuffer head = ByteBuffer.allocate(14);
        int mask = masked ? 0x80 : 0;
        head.put((byte) firstByte);
        if (length < 126) {
            head.put((byte) (mask | length));
        } else if (length < 1 << 16) {
            head.put((byte) (mask | 126)).putShort((short) length);
        } else {
            head.put((byte) (mask | 127)).putLong(length);
        }
        if (masked) {
            head.put(MASK);
        }
        byte[] bytes = new byte[head.flip().remaining()];
        head.get(bytes);
        return bytes;
    }

    /** Sends bytes as they are. */
    public RawSocket bytes(byte[] bytes) throws IOException {
        socket().getOutputStream().write(bytes);
        return this;
    }

    /** Sends bytes until the server refuses them; says whether it took them all. */
    public boolean offer(byte[] bytes) {
        return offer(bytes, bytes.length);
    }

    /** Sends the first bytes until the server refuses them; says whether it took them all. */
    public boolean offer(byte[] bytes, int length) {
        try {
            socket().getOutputStream().write(bytes, 0, length);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Reads the next frame. */
    public Frame read() throws IOException {
        int first = connection.read();
        if (first < 0) {
            throw new EOFException("the connection ended where a frame was expected");
        }
        int length = connection.read();
        if ((length & 0x80) != 0) {
            throw new AssertionError("the server must not mask");
        }
        long size = length;
        if (length == 126) {
            size = ByteBuffer.wrap(connection.exactly(2)).getShort() & 0xFFFF;
        } else if (length == 127) {
            size = ByteBuffer.wrap(connection.exactly(8)).getLong();
        }
        return new Frame(first, connection.exactly(Math.toIntExact(size)));
    }

    /** Waits for the end of the connection; true if nothing came before it. */
    public boolean isEnded() throws IOException {
        return connection.isEnded();
    }

    /** Ends the sending direction. */
    public void sendNoMore() throws IOException {
        connection.sendNoMore();
    }

    /** Breaks the connection off, so that the other side notices at once. */
    public void reset() throws IOException {
        connection.reset();
    }

    /** The socket itself. */
    public Socket socket() {
        return connection.socket();
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}

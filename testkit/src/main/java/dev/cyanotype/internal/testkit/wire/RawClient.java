/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.testkit.wire;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One connection on which a test sends what it likes, byte for byte, and reads one response after the other. One thread's. */
public final class RawClient implements AutoCloseable {

    private final Socket socket;
    private final InputStream in;
    private boolean insideBody;

    private RawClient(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(20_000);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** Connects, and sends nothing. */
    public static RawClient connect(URI address) throws IOException {
        return on(new Socket(address.getHost(), address.getPort()));
    }

    /** Uses a socket that is connected already. */
    public static RawClient on(Socket socket) throws IOException {
        return new RawClient(socket);
    }

    /** A request without a body. */
    public static String request(String method, String target, String... headerLines) {
        StringBuilder text = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n");
        for (String line : headerLines) {
            text.append(line).append("\r\n");
        }
        return text.append("\r\n").toString();
    }

    /** Sends each character as one byte. */
    public RawClient send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public RawClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /** Sends what the server may refuse to take. */
    public RawClient sendUnlessRefused(byte[] bytes) throws IOException {
        try {
            send(bytes);
        } catch (SocketException e) {
            // The server has closed the connection; what it has answered can be read all the same.
        }
        return this;
    }

    /** Ends the sending direction. */
    public RawClient sendNoMore() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** Reads the response to anything but HEAD. */
    public Answer answer() throws IOException {
        return answer(true);
    }

    /** Reads the response to HEAD, which has no body whatever length it announces. */
    public Answer answerToHead() throws IOException {
        return answer(false);
    }

    /** Sends a request without a body and reads the response. */
    public Answer exchange(String method, String target, String... headerLines) throws IOException {
        send(request(method, target, headerLines));
        return answer(!method.equals("HEAD"));
    }

    /** Reads a line without its end, or null if there is none. */
    public @Nullable String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                return line.size() == 0 ? null : line.toString(StandardCharsets.ISO_8859_1);
            }
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    /** Reads the next chunk of a chunked body; empty for the last one. */
    public byte[] chunk() throws IOException {
        if (insideBody) {
            // The end of a chunk may come only with the next one.
            need(line());
        }
        byte[] chunk = exactly(Integer.parseInt(need(line()), 16));
        insideBody = chunk.length > 0;
        if (!insideBody) {
            need(line());
        }
        return chunk;
    }

    /** Reads so many bytes of whatever comes, each as a character. */
    public String text(int bytes) throws IOException {
        return new String(exactly(bytes), StandardCharsets.ISO_8859_1);
    }

    /** Reads status line and header fields. */
    public Answer head() throws IOException {
        String statusLine = need(line());
        List<Answer.Field> fields = new ArrayList<>();
        for (String line = need(line()); !line.isEmpty(); line = need(line())) {
            int colon = line.indexOf(':');
            fields.add(new Answer.Field(
                    line.substring(0, colon), line.substring(colon + 1).strip()));
        }
        return new Answer(Integer.parseInt(statusLine.split(" ")[1]), fields, new byte[0]);
    }

    /** Waits for the end of the connection and gives what came before it. */
    public String rest() throws IOException {
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        try {
            in.transferTo(rest);
        } catch (SocketException e) {
            // Broken off, which is an end too.
        }
        return rest.toString(StandardCharsets.ISO_8859_1);
    }

    /** Waits for the end of the connection; true if nothing came before it. */
    public boolean isEnded() throws IOException {
        return rest().isEmpty();
    }

    private Answer answer(boolean withBody) throws IOException {
        Answer head = head();
        return withBody ? withBody(head) : head;
    }

    /** Reads what follows status line and header fields. */
    public Answer withBody(Answer head) throws IOException {
        boolean none = head.status() == 204 || head.status() == 304 || head.status() < 200;
        return none ? head : new Answer(head.status(), head.fields(), body(head));
    }

    private byte[] body(Answer head) throws IOException {
        String coding = head.header("Transfer-Encoding");
        if (coding != null && coding.toLowerCase(Locale.ROOT).endsWith("chunked")) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (byte[] chunk = chunk(); chunk.length > 0; chunk = chunk()) {
                all.writeBytes(chunk);
            }
            return all.toByteArray();
        }
        String length = head.header("Content-Length");
        return length == null ? in.readAllBytes() : exactly(Integer.parseInt(length));
    }

    /** Reads so many bytes. */
    byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the connection ended after " + bytes.length + " of " + length + " bytes");
        }
        return bytes;
    }

    private static String need(@Nullable String line) throws EOFException {
        if (line == null) {
            throw new EOFException("the connection ended where a line was expected");
        }
        return line;
    }

    /** Breaks the connection off, so that the other side notices at once. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Reads a byte; -1 at the end of the connection. */
    int read() throws IOException {
        return in.read();
    }

    /** The socket itself. */
    public Socket socket() {
        return socket;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

import dev.cyanotype.internal.testkit.wire.Answer;
import dev.cyanotype.internal.testkit.wire.WireRequest;
import dev.cyanotype.spi.HttpRequest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A request to be sent; not thread-safe.
 *
 * @since 0.1
 */
public final class TestRequest {

    private static final String BOUNDARY = "cyanotype-test-boundary";

    private final Door door;
    private final String method;
    private final String target;
    private final List<String[]> headers = new ArrayList<>();
    private final ByteArrayOutputStream parts = new ByteArrayOutputStream();
    private byte[] body = {};
    private @Nullable InetSocketAddress remoteAddress;

    TestRequest(Door door, String method, String target) {
        this.door = door;
        this.method = method;
        this.target = target;
        if (!target.startsWith("/")) {
            throw new IllegalArgumentException("target '" + target + "' (expected: a path, starting with '/')");
        }
        if (target.chars().anyMatch(c -> c <= ' ' || c == '#')) {
            throw new IllegalArgumentException(
                    "target '" + target + "' has a character that no client sends. Percent-encode it, a space as %20.");
        }
        header("Host", "localhost");
    }

    /**
     * Adds a header field; {@code Host} and {@code Content-Type} are replaced.
     *
     * @param name the field's name
     * @param value the field's value
     * @return this
     */
    public TestRequest header(String name, String value) {
        if (name.equalsIgnoreCase("Host") || name.equalsIgnoreCase("Content-Type")) {
            headers.removeIf(header -> header[0].equalsIgnoreCase(name));
        }
        headers.add(new String[] {name, value});
        return this;
    }

    /**
     * Asks a host.
     *
     * @param host the host's name, with or without port
     * @return this
     */
    public TestRequest host(String host) {
        return header("Host", host);
    }

    /**
     * Gives it a JSON body.
     *
     * @param value JSON as a string, or any object that encodes to it
     * @return this
     */
    public TestRequest json(Object value) {
        return body("application/json", TestJson.bytes(value));
    }

    /**
     * Gives it a body of text in UTF-8.
     *
     * @param contentType the media type
     * @param text the body, sent as it is
     * @return this
     */
    public TestRequest body(String contentType, String text) {
        return body(contentType, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Gives it a body.
     *
     * @param contentType the media type
     * @param bytes the body
     * @return this
     */
    public TestRequest body(String contentType, byte[] bytes) {
        body = bytes.clone();
        return header("Content-Type", contentType);
    }

    /**
     * Gives it a url-encoded form.
     *
     * @param fields the form's fields
     * @return this
     */
    public TestRequest form(Map<String, String> fields) {
        String text = fields.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
        return body("application/x-www-form-urlencoded", text);
    }

    /**
     * Adds a text field to its multipart form.
     *
     * @param field the field's name
     * @param text the field's value
     * @return this
     */
    public TestRequest part(String field, String text) {
        return part("name=\"" + field + "\"", "text/plain;charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Adds a file to its multipart form.
     *
     * @param field the field's name
     * @param fileName what the client calls the file
     * @param contentType the media type
     * @param bytes the content
     * @return this
     */
    public TestRequest part(String field, String fileName, String contentType, byte[] bytes) {
        return part("name=\"" + field + "\"; filename=\"" + fileName + "\"", contentType, bytes);
    }

    /**
     * Sends it.
     *
     * @return the response, with a streamed body read to its end
     */
    public TestResponse send() {
        return door.send(this);
    }

    /**
     * Sets where it comes from, in memory.
     *
     * @param address the address of the client; unknown by default. With real transports, where a request comes from where it
     *     comes from, {@link #send} throws an {@link UnsupportedOperationException}
     * @return this
     */
    public TestRequest remoteAddress(InetSocketAddress address) {
        remoteAddress = Objects.requireNonNull(address, "address");
        return this;
    }

    /** As the dispatcher sees it. */
    HttpRequest inMemory() {
        return new InMemoryRequest();
    }

    /**
     * As it is sent over a connection.
     *
     * @throws UnsupportedOperationException if it is to come from somewhere
     */
    WireRequest onWire() {
        if (remoteAddress != null) {
            throw new UnsupportedOperationException(
                    "%s: remoteAddress(%s) is for tests in memory (expected: none, with real transports, where a request"
                                    .formatted(this, remoteAddress)
                            + " comes from where it comes from).");
        }
        List<Answer.Field> fields = headers.stream()
                .map(header -> new Answer.Field(header[0], header[1]))
                .toList();
        return new WireRequest(method, target, fields, body.clone());
    }

    String path() {
        int question = target.indexOf('?');
        return question < 0 ? target : target.substring(0, question);
    }

    private TestRequest part(String disposition, String contentType, byte[] bytes) {
        parts.writeBytes(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + disposition + "\r\nContent-Type: "
                        + contentType + "\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        parts.writeBytes(bytes);
        parts.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(parts.toByteArray());
        whole.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return body("multipart/form-data; boundary=" + BOUNDARY, whole.toByteArray());
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return method + " " + target;
    }

    /** What the dispatcher sees. */
    private final class InMemoryRequest implements HttpRequest {

        private final InputStream in = new ByteArrayInputStream(body);

        /** A websocket has its request for longer than this is put together. */
        private final List<String[]> sent = List.copyOf(headers);

        private final @Nullable InetSocketAddress from = remoteAddress;

        @Override
        public String method() {
            return method;
        }

        @Override
        public String path() {
            return TestRequest.this.path();
        }

        @Override
        public @Nullable String query() {
            int question = target.indexOf('?');
            return question < 0 ? null : target.substring(question + 1);
        }

        @Override
        public @Nullable String header(String name) {
            List<String> values = headers(name);
            return values.isEmpty() ? null : values.get(0);
        }

        @Override
        public List<String> headers(String name) {
            return sent.stream()
                    .filter(header -> header[0].equalsIgnoreCase(name))
                    .map(header -> header[1])
                    .toList();
        }

        @Override
        public long contentLength() {
            return body.length;
        }

        @Override
        public InputStream body() {
            return in;
        }

        @Override
        public String scheme() {
            return "http";
        }

        @Override
        public @Nullable InetSocketAddress remoteAddress() {
            return from;
        }

        @Override
        public <T> @Nullable T unwrap(Class<T> type) {
            return null;
        }
    }
}

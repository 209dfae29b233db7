/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.dispatch;

import dev.cyanotype.spi.HttpRequest;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request that was never on a wire. Changed in place, so use it once. */
public final class InMemoryRequest implements HttpRequest {

    private final String method;
    private final String path;
    private final @Nullable String query;
    private final List<Map.Entry<String, String>> headers = new ArrayList<>();
    private InputStream body = InputStream.nullInputStream();
    private long contentLength;
    private String scheme = "http";
    private @Nullable InetSocketAddress remoteAddress;
    private @Nullable Object transport;

    private InMemoryRequest(String method, String target) {
        int question = target.indexOf('?');
        this.method = method;
        this.path = question < 0 ? target : target.substring(0, question);
        this.query = question < 0 ? null : target.substring(question + 1);
    }

    /** A request without a body; the target is a path and perhaps a query, encoded. */
    public static InMemoryRequest of(String method, String target) {
        return new InMemoryRequest(method, target);
    }

    public static InMemoryRequest get(String target) {
        return of("GET", target);
    }

    public static InMemoryRequest post(String target) {
        return of("POST", target);
    }

    /** Adds a field beside earlier ones of its name. */
    public InMemoryRequest header(String name, String value) {
        headers.add(Map.entry(name, value));
        return this;
    }

    public InMemoryRequest host(String host) {
        return header("Host", host);
    }

    public InMemoryRequest json(String text) {
        return body("application/json", text);
    }

    public InMemoryRequest body(String contentType, String text) {
        return body(contentType, text.getBytes(StandardCharsets.UTF_8));
    }

    public InMemoryRequest body(String contentType, byte[] bytes) {
        return body(bytes).header("Content-Type", contentType);
    }

    /** A body of no named type. */
    public InMemoryRequest body(byte[] bytes) {
        body = new ByteArrayInputStream(bytes);
        contentLength = bytes.length;
        return this;
    }

    /** A body that is read as it comes. */
    public InMemoryRequest body(InputStream in) {
        body = in;
        return unannounced();
    }

    /** Does not say how long the body is. */
    public InMemoryRequest unannounced() {
        return announced(-1);
    }

    /** Says how long the body is, right or wrong. */
    public InMemoryRequest announced(long length) {
        contentLength = length;
        return this;
    }

    public InMemoryRequest scheme(String newScheme) {
        scheme = newScheme;
        return this;
    }

    public InMemoryRequest remoteAddress(InetSocketAddress address) {
        remoteAddress = address;
        return this;
    }

    /** What {@link #unwrap} gives. */
    public InMemoryRequest transport(Object newTransport) {
        transport = newTransport;
        return this;
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public @Nullable String query() {
        return query;
    }

    @Override
    public @Nullable String header(String name) {
        List<String> all = headers(name);
        return all.isEmpty() ? null : all.get(0);
    }

    @Override
    public List<String> headers(String name) {
        return headers.stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .toList();
    }

    @Override
    public long contentLength() {
        return contentLength;
    }

    @Override
    public InputStream body() {
        return body;
    }

    @Override
    public String scheme() {
        return scheme;
    }

    @Override
    public @Nullable InetSocketAddress remoteAddress() {
        return remoteAddress;
    }

    @Override
    public <T> @Nullable T unwrap(Class<T> type) {
        return type.isInstance(transport) ? type.cast(transport) : null;
    }
}

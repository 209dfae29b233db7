/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.websocket;

import dev.cyanotype.spi.HttpRequest;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * What remains of a request while its websocket is open.
 *
 * <p>Not Jetty's request, which is used again for others. Immutable and thread-safe.
 */
final class UpgradeRequest implements HttpRequest {

    private final String path;
    private final @Nullable String query;
    private final String scheme;

    /** Names and values by turns. Jetty's own fields hold on to the whole connection they came by. */
    private final String[] headers;

    private final @Nullable InetSocketAddress remoteAddress;

    UpgradeRequest(Request request, String path) {
        this.path = path;
        this.query = request.getHttpURI().getQuery();
        this.scheme = Objects.requireNonNullElse(request.getHttpURI().getScheme(), "http");
        this.headers = request.getHeaders().stream()
                .flatMap(field -> Stream.of(field.getName(), Objects.requireNonNullElse(field.getValue(), "")))
                .toArray(String[]::new);
        this.remoteAddress =
                request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress remote
                        ? remote
                        : null;
    }

    @Override
    public String method() {
        return "GET";
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
        for (int i = 0; i < headers.length; i += 2) {
            if (headers[i].equalsIgnoreCase(name)) {
                return headers[i + 1];
            }
        }
        return null;
    }

    @Override
    public List<String> headers(String name) {
        return IntStream.range(0, headers.length / 2)
                .filter(i -> headers[2 * i].equalsIgnoreCase(name))
                .mapToObj(i -> headers[2 * i + 1])
                .toList();
    }

    /** Requests with a body are not taken. */
    @Override
    public long contentLength() {
        return -1;
    }

    @Override
    public InputStream body() {
        return InputStream.nullInputStream();
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
        return null;
    }
}

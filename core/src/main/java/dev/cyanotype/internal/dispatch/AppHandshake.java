/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.dispatch;

import dev.cyanotype.http.Parameters;
import dev.cyanotype.socket.Handshake;
import dev.cyanotype.spi.HttpRequest;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The request that opened a websocket. Keeps little, because it lives as long as the socket. */
final class AppHandshake implements Handshake {

    private final AppRuntime runtime;
    private final HttpRequest request;
    private final Map<String, String> pathParams;
    private final @Nullable String subprotocol;

    AppHandshake(
            AppRuntime runtime, HttpRequest request, Map<String, String> pathParams, @Nullable String subprotocol) {
        this.runtime = runtime;
        this.request = request;
        this.pathParams = pathParams.isEmpty() ? Map.of() : pathParams;
        this.subprotocol = subprotocol;
    }

    @Override
    public String path() {
        return request.path();
    }

    @Override
    public String pathParam(String name) {
        String value = pathParams.get(name);
        if (value == null) {
            throw new IllegalArgumentException("websocket %s: path parameter '%s' is unknown (expected: one of %s)"
                    .formatted(request.path(), name, pathParams.keySet()));
        }
        return value;
    }

    @Override
    public <T> T pathParam(String name, Class<T> type) {
        return runtime.json().convert(pathParam(name), type, "the path parameter '" + name + "'");
    }

    @Override
    public Map<String, String> pathParams() {
        return pathParams;
    }

    @Override
    public @Nullable String queryParam(String name) {
        return query().first(name);
    }

    @Override
    public Parameters query() {
        return QueryParser.of(request);
    }

    @Override
    public @Nullable String header(String name) {
        return request.header(name);
    }

    @Override
    public List<String> headers(String name) {
        return request.headers(name);
    }

    @Override
    public @Nullable String cookie(String name) {
        return Cookies.value(request, name);
    }

    @Override
    public String host() {
        return HttpExchange.host(request);
    }

    @Override
    public String scheme() {
        return request.scheme().equals("https") ? "wss" : "ws";
    }

    @Override
    public @Nullable InetSocketAddress remoteAddress() {
        return request.remoteAddress();
    }

    @Override
    public @Nullable String subprotocol() {
        return subprotocol;
    }

    /** Names the path, never the query, which may hold a token. */
    @Override
    public String toString() {
        return "Handshake[" + request.path() + "]";
    }
}

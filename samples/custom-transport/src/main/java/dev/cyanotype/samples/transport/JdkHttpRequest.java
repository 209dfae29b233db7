/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.transport;

import com.sun.net.httpserver.HttpExchange;
import dev.cyanotype.spi.HttpRequest;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request as the JDK's server has it: nothing decoded, nothing tidied up. */
record JdkHttpRequest(
        HttpExchange exchange, String path, @Nullable String query) implements HttpRequest {

    static JdkHttpRequest of(HttpExchange exchange) {
        URI uri = exchange.getRequestURI();
        // To its parts, '//a/b' would be the host 'a'; and proxies are asked for http://a/b.
        String target = uri.toString();
        if (!target.startsWith("/")) {
            return new JdkHttpRequest(exchange, uri.getRawPath(), uri.getRawQuery());
        }
        String[] parts = target.split("\\?", 2);
        return new JdkHttpRequest(exchange, parts[0], parts.length > 1 ? parts[1] : null);
    }

    @Override
    public String method() {
        return exchange.getRequestMethod();
    }

    @Override
    public @Nullable String header(String name) {
        return exchange.getRequestHeaders().getFirst(name);
    }

    @Override
    public List<String> headers(String name) {
        return List.copyOf(exchange.getRequestHeaders().getOrDefault(name, List.of()));
    }

    @Override
    public long contentLength() {
        String announced = header("Content-Length");
        return announced == null ? -1 : Long.parseLong(announced);
    }

    @Override
    public InputStream body() {
        return exchange.getRequestBody();
    }

    @Override
    public String scheme() {
        return "http";
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return exchange.getRemoteAddress();
    }

    @Override
    public <T> @Nullable T unwrap(Class<T> type) {
        return type.isInstance(exchange) ? type.cast(exchange) : null;
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.transport;

import com.sun.net.httpserver.HttpExchange;
import dev.cyanotype.spi.HttpRequest;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request as the JDK's server has it: nothing decoded, nothing tidied up. */
record JdkHttpRequest(
        HttpExchange exchange, String path, @Nullable String query) implements HttpRequest {

    static JdkHttpRequest of(HttpExchange exchange) {
        // What java.net.URI was made of is what was sent; its parts are not, as '//a/b' would be the host 'a' to it.
        String target = exchange.getRequestURI().toString();
        if (!target.startsWith("/")) {
            // As proxies are asked: http://host/path.
            return new JdkHttpRequest(
                    exchange,
                    exchange.getRequestURI().getRawPath(),
                    exchange.getRequestURI().getRawQuery());
        }
        int mark = target.indexOf('?');
        return mark < 0
                ? new JdkHttpRequest(exchange, target, null)
                : new JdkHttpRequest(exchange, target.substring(0, mark), target.substring(mark + 1));
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
        // The server has refused what is no number.
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

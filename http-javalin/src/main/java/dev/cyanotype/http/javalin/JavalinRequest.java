/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin;

import dev.cyanotype.spi.HttpRequest;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request as Javalin has it, read from the servlet below, which no header overrides.
 *
 * <p>The servlet's objects are used again for the next request of the connection, so once a request has ended, whoever
 * still holds it gets an error instead of another client's data.
 */
final class JavalinRequest implements HttpRequest {

    private final Context ctx;
    private final HttpServletRequest request;
    private volatile boolean ended;
    private boolean bodyOpen;

    JavalinRequest(Context ctx) {
        this.ctx = ctx;
        this.request = ctx.req();
    }

    boolean isBodyOpen() {
        return bodyOpen;
    }

    void end() {
        ended = true;
    }

    private HttpServletRequest request() {
        if (ended) {
            throw new IllegalStateException(
                    "the request has ended. Read what is needed of it before its response is sent.");
        }
        return request;
    }

    @Override
    public String method() {
        return request().getMethod();
    }

    @Override
    public String path() {
        HttpServletRequest current = request();
        String uri = current.getRequestURI();
        String contextPath = current.getContextPath();
        return contextPath.isEmpty() ? uri : uri.substring(contextPath.length());
    }

    @Override
    public @Nullable String query() {
        return request().getQueryString();
    }

    @Override
    public @Nullable String header(String name) {
        return request().getHeader(name);
    }

    @Override
    public List<String> headers(String name) {
        return Collections.list(request().getHeaders(name));
    }

    @Override
    public long contentLength() {
        return request().getContentLengthLong();
    }

    @Override
    public InputStream body() throws IOException {
        bodyOpen = true;
        return request().getInputStream();
    }

    @Override
    public String scheme() {
        return request().getScheme();
    }

    @Override
    public InetSocketAddress remoteAddress() {
        HttpServletRequest current = request();
        return new InetSocketAddress(current.getRemoteAddr(), current.getRemotePort());
    }

    @Override
    public <T> @Nullable T unwrap(Class<T> type) {
        if (type.isInstance(ctx)) {
            return type.cast(ctx);
        }
        return type.isInstance(request) ? type.cast(request) : null;
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.benchmarks.dispatch;

import dev.cyanotype.spi.HttpRequest;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.util.List;

/** A GET request without a body and with no header but perhaps the host. */
record GetRequest(String path, String host) implements HttpRequest {

    GetRequest(String path) {
        this(path, null);
    }

    @Override
    public String method() {
        return "GET";
    }

    @Override
    public String query() {
        return null;
    }

    @Override
    public String header(String name) {
        return name.equals("Host") ? host : null;
    }

    @Override
    public List<String> headers(String name) {
        return List.of();
    }

    @Override
    public long contentLength() {
        return 0;
    }

    @Override
    public InputStream body() {
        return InputStream.nullInputStream();
    }

    @Override
    public String scheme() {
        return "http";
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return null;
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        return null;
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import dev.cyanotype.spi.Dispatcher;
import dev.cyanotype.spi.HttpRequest;
import dev.cyanotype.spi.OperationKind;
import dev.cyanotype.spi.RenderedResponse;
import dev.cyanotype.spi.Transport;
import dev.cyanotype.spi.TransportContext;
import dev.cyanotype.spi.TransportProvider;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Carries HTTP without a port, so that a test can ask an app on a real Redis. */
final class HttpDoor implements TransportProvider {

    private volatile @Nullable Dispatcher dispatcher;

    /** The status and the body. */
    String get(String path) throws Exception {
        try (RenderedResponse response = Objects.requireNonNull(dispatcher, "the app was not started")
                .http(new Get(path))
                .get(20, TimeUnit.SECONDS)) {
            return response.status() + " "
                    + new String(Objects.requireNonNull(response.bytes()), StandardCharsets.UTF_8);
        }
    }

    @Override
    public String id() {
        return "door";
    }

    @Override
    public Set<OperationKind> carries() {
        return Set.of(OperationKind.HTTP);
    }

    @Override
    public Transport create(TransportContext context) {
        dispatcher = context.dispatcher();
        return new Transport() {
            @Override
            public void start() {}

            @Override
            public void drain(Duration budget) {}

            @Override
            public void close() {}
        };
    }

    private record Get(String path) implements HttpRequest {

        @Override
        public String method() {
            return "GET";
        }

        @Override
        public @Nullable String query() {
            return null;
        }

        @Override
        public @Nullable String header(String name) {
            return null;
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
        public @Nullable InetSocketAddress remoteAddress() {
            return null;
        }

        @Override
        public <T> @Nullable T unwrap(Class<T> type) {
            return null;
        }
    }
}

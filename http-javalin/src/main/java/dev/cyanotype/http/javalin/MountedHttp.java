/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin;

import dev.cyanotype.internal.http.javalin.UpgradeGate;
import dev.cyanotype.spi.OperationKind;
import dev.cyanotype.spi.Transport;
import dev.cyanotype.spi.TransportContext;
import dev.cyanotype.spi.TransportProvider;
import io.javalin.config.JavalinConfig;
import io.javalin.router.EndpointNotFound;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Carries routes on a server that belongs to the user. */
final class MountedHttp implements TransportProvider {

    private final UpgradeGate gate = new UpgradeGate();
    private volatile @Nullable TransportContext context;

    MountedHttp(JavalinConfig config) {
        if (config.http.responseBufferSize == null) {
            config.http.responseBufferSize = JavalinTransport.COPY_BUFFER_BYTES;
        }
        RequestHandler handler = new RequestHandler(config.http.compressionStrategy, this::context);
        // Javalin throws this when none of its own routes and files match.
        config.routes.exception(EndpointNotFound.class, (notFound, ctx) -> handler.handle(ctx));
        config.jetty.modifyServer(server -> gate.join(server, config.router.contextPath));
    }

    @Override
    public String id() {
        return JavalinHttp.ID;
    }

    @Override
    public Set<OperationKind> carries() {
        return Set.of(OperationKind.HTTP);
    }

    /** Those of the server of our own, which have no effect here but may be set for other apps. */
    @Override
    public Set<String> settings() {
        return new JavalinHttp().settings();
    }

    @Override
    public Transport create(TransportContext newContext) {
        context = newContext;
        return new Transport() {
            @Override
            public void start() {}

            @Override
            public <T> Optional<T> as(Class<T> type) {
                return type.isInstance(gate) ? Optional.of(type.cast(gate)) : Optional.empty();
            }

            @Override
            public void drain(Duration budget) {}

            @Override
            public void close() {}
        };
    }

    private TransportContext context() {
        TransportContext current = context;
        if (current == null) {
            throw new IllegalStateException("the app mounted on this Javalin server is not started");
        }
        return current;
    }
}

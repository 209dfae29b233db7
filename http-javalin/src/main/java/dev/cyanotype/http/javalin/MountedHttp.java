/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin;

import dev.cyanotype.spi.Dispatcher;
import dev.cyanotype.spi.OperationKind;
import dev.cyanotype.spi.Transport;
import dev.cyanotype.spi.TransportContext;
import dev.cyanotype.spi.TransportProvider;
import io.javalin.config.JavalinConfig;
import io.javalin.router.EndpointNotFound;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Carries routes on a server that belongs to the user. */
final class MountedHttp implements TransportProvider {

    private volatile @Nullable Dispatcher dispatcher;

    MountedHttp(JavalinConfig config) {
        RequestHandler handler = new RequestHandler(config.http.compressionStrategy, this::dispatcher);
        // Javalin throws this when none of its own routes and files match.
        config.routes.exception(EndpointNotFound.class, (notFound, ctx) -> handler.handle(ctx));
    }

    @Override
    public String id() {
        return JavalinHttp.ID;
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

    private Dispatcher dispatcher() {
        Dispatcher current = dispatcher;
        if (current == null) {
            throw new IllegalStateException("the app mounted on this Javalin server is not started");
        }
        return current;
    }
}

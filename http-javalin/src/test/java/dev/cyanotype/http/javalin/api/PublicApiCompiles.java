/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin.api;

import dev.cyanotype.App;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.http.HttpContext;
import dev.cyanotype.http.javalin.JavalinAccess;
import dev.cyanotype.http.javalin.JavalinHttp;
import dev.cyanotype.http.javalin.JavalinOptions;
import dev.cyanotype.spi.OperationKind;
import dev.cyanotype.spi.Transport;
import dev.cyanotype.spi.TransportContext;
import dev.cyanotype.spi.TransportProvider;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;

/** All that users may call, from outside. Never run: if this compiles, their code does too. */
final class PublicApiCompiles {

    private PublicApiCompiles() {}

    static JavalinOptions options() {
        JavalinOptions.Builder builder = JavalinOptions.builder()
                .host("127.0.0.1")
                .port(8080)
                .maxHeaderBytes(16384)
                .idleTimeout(Duration.ofSeconds(30))
                .virtualThreads(false);
        JavalinOptions options = builder.build();
        String host = options.host();
        int port = options.port();
        int maxHeaderBytes = options.maxHeaderBytes();
        Duration idleTimeout = options.idleTimeout();
        boolean virtualThreads = options.virtualThreads();
        return options.toBuilder()
                .host(host)
                .port(port)
                .maxHeaderBytes(maxHeaderBytes)
                .idleTimeout(idleTimeout)
                .virtualThreads(virtualThreads)
                .build();
    }

    static App app() {
        TransportProvider found = new JavalinHttp();
        JavalinHttp given = JavalinHttp.with(options());
        return App.named("service")
                .transport(found)
                .noTransports()
                .transport(given)
                .build();
    }

    static Transport provided(JavalinHttp provider, TransportContext context) {
        String id = provider.id();
        int order = provider.order();
        Set<OperationKind> kinds = provider.carries();
        Set<String> settings = provider.settings();
        return id.isEmpty() && order == 0 && kinds.isEmpty() && settings.isEmpty() ? null : provider.create(context);
    }

    static JavalinOptions configured() {
        Consumer<JavalinConfig> configuration = config -> config.http.generateEtags = true;
        return JavalinAccess.configure(options(), configuration);
    }

    static Javalin mounted(App app) {
        return Javalin.create(config -> {
            App running = JavalinAccess.mount(config, app);
            config.routes.get("/running", ctx -> ctx.json(running.isRunning()));
        });
    }

    static Response reachedThrough(HttpContext ctx) {
        Context javalin = JavalinAccess.context(ctx);
        return Response.text(javalin.ip());
    }
}

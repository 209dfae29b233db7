/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin;

import dev.cyanotype.spi.OperationKind;
import dev.cyanotype.spi.Settings;
import dev.cyanotype.spi.Transport;
import dev.cyanotype.spi.TransportContext;
import dev.cyanotype.spi.TransportProvider;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;

/**
 * Carries routes on a Javalin server of its own; its id is {@code http}.
 *
 * <p>Found by itself when its jar is there; to set it up in the program, give one with options to
 * {@code App.Builder.transport}. Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class JavalinHttp implements TransportProvider {

    static final String ID = "http";

    private static final String HOST = "http.host";
    private static final String PORT = "http.port";
    private static final String MAX_HEADER_BYTES = "http.maxHeaderBytes";
    private static final String IDLE_SECONDS = "http.idleSeconds";
    private static final String VIRTUAL_THREADS = "http.virtualThreads";

    private final JavalinOptions options;

    /** A provider with the default options, as {@link java.util.ServiceLoader} makes it. */
    public JavalinHttp() {
        this(JavalinOptions.builder().build());
    }

    private JavalinHttp(JavalinOptions options) {
        this.options = options;
    }

    /**
     * A provider with options, which settings from outside override.
     *
     * @param options the options
     * @return the provider
     */
    public static JavalinHttp with(JavalinOptions options) {
        return new JavalinHttp(Objects.requireNonNull(options, "options"));
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Set<OperationKind> carries() {
        return Set.of(OperationKind.HTTP);
    }

    /**
     * The settings it reads: {@code http.host}, {@code http.port}, {@code http.maxHeaderBytes}, {@code http.idleSeconds}
     * and {@code http.virtualThreads}.
     */
    @Override
    public Set<String> settings() {
        return Set.of(HOST, PORT, MAX_HEADER_BYTES, IDLE_SECONDS, VIRTUAL_THREADS);
    }

    @Override
    public Transport create(TransportContext context) {
        Settings settings = context.settings();
        JavalinOptions.Builder effective = options.toBuilder()
                .host(settings.text(HOST, options.host()))
                .port(settings.integer(PORT, options.port(), 0, 65535))
                .maxHeaderBytes(settings.integer(MAX_HEADER_BYTES, options.maxHeaderBytes(), 1024, 1 << 24))
                .idleTimeout(Duration.ofSeconds(settings.integer(
                        IDLE_SECONDS, (int) options.idleTimeout().toSeconds(), 1, Integer.MAX_VALUE)));
        if (settings.text(VIRTUAL_THREADS) != null) {
            effective.virtualThreads(settings.flag(VIRTUAL_THREADS, false));
        }
        return new JavalinTransport(context, effective.build());
    }

    @Override
    public String toString() {
        return "JavalinHttp[" + options + "]";
    }
}

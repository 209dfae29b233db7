/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.lifecycle;

import dev.cyanotype.http.HttpOptions;
import dev.cyanotype.json.JsonOptions;
import dev.cyanotype.socket.SocketOptions;
import dev.cyanotype.spi.AppClock;
import dev.cyanotype.spi.TemplateEngineProvider;
import dev.cyanotype.spi.TransportProvider;
import dev.cyanotype.task.AppState;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How an app is to be started.
 *
 * @param settings those given to the builder
 * @param transports those given to the builder
 * @param discovery whether others are looked for
 * @param executor what runs blocking work, or null for one of the app's own
 * @param templateEngine the one given to the builder, or null for one that is looked for
 * @param clock the app's time, or null for the system's
 * @param listeners are told of each state
 */
public record Launch(
        JsonOptions json,
        HttpOptions http,
        SocketOptions sockets,
        Map<String, String> settings,
        List<TransportProvider> transports,
        boolean discovery,
        @Nullable Executor executor,
        @Nullable TemplateEngineProvider templateEngine,
        @Nullable AppClock clock,
        StopSettings stopping,
        List<Consumer<AppState>> listeners) {

    public static final Launch DEFAULT = new Launch(
            JsonOptions.builder().build(),
            HttpOptions.builder().build(),
            SocketOptions.builder().build(),
            Map.of(),
            List.of(),
            true,
            null,
            null,
            null,
            StopSettings.DEFAULT,
            List.of());

    public Launch {
        settings = Map.copyOf(settings);
        transports = List.copyOf(transports);
        listeners = List.copyOf(listeners);
    }

    public Launch json(JsonOptions newJson) {
        return new Launch(
                newJson,
                http,
                sockets,
                settings,
                transports,
                discovery,
                executor,
                templateEngine,
                clock,
                stopping,
                listeners);
    }

    public Launch http(HttpOptions newHttp) {
        return new Launch(
                json,
                newHttp,
                sockets,
                settings,
                transports,
                discovery,
                executor,
                templateEngine,
                clock,
                stopping,
                listeners);
    }

    public Launch sockets(SocketOptions newSockets) {
        return new Launch(
                json,
                http,
                newSockets,
                settings,
                transports,
                discovery,
                executor,
                templateEngine,
                clock,
                stopping,
                listeners);
    }

    public Launch settings(Map<String, String> newSettings) {
        return new Launch(
                json,
                http,
                sockets,
                newSettings,
                transports,
                discovery,
                executor,
                templateEngine,
                clock,
                stopping,
                listeners);
    }

    public Launch transports(List<TransportProvider> newTransports) {
        return new Launch(
                json,
                http,
                sockets,
                settings,
                newTransports,
                discovery,
                executor,
                templateEngine,
                clock,
                stopping,
                listeners);
    }

    public Launch discovery(boolean newDiscovery) {
        return new Launch(
                json,
                http,
                sockets,
                settings,
                transports,
                newDiscovery,
                executor,
                templateEngine,
                clock,
                stopping,
                listeners);
    }

    public Launch executor(Executor newExecutor) {
        return new Launch(
                json,
                http,
                sockets,
                settings,
                transports,
                discovery,
                newExecutor,
                templateEngine,
                clock,
                stopping,
                listeners);
    }

    public Launch templateEngine(TemplateEngineProvider newTemplateEngine) {
        return new Launch(
                json,
                http,
                sockets,
                settings,
                transports,
                discovery,
                executor,
                newTemplateEngine,
                clock,
                stopping,
                listeners);
    }

    public Launch clock(AppClock newClock) {
        return new Launch(
                json,
                http,
                sockets,
                settings,
                transports,
                discovery,
                executor,
                templateEngine,
                newClock,
                stopping,
                listeners);
    }

    public Launch stopping(StopSettings newStopping) {
        return new Launch(
                json,
                http,
                sockets,
                settings,
                transports,
                discovery,
                executor,
                templateEngine,
                clock,
                newStopping,
                listeners);
    }

    public Launch listeners(List<Consumer<AppState>> newListeners) {
        return new Launch(
                json,
                http,
                sockets,
                settings,
                transports,
                discovery,
                executor,
                templateEngine,
                clock,
                stopping,
                newListeners);
    }
}

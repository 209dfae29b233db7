/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.lifecycle;

import dev.cyanotype.exchange.Interceptor;
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
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How an app is to be started.
 *
 * @param settings those given to the builder
 * @param transports those given to the builder
 * @param decorator what each provider is replaced with
 * @param discovery whether others are looked for
 * @param executor what runs blocking work, or null for one of the app's own
 * @param executorDecorator what that executor is replaced with
 * @param templateEngine the one given to the builder, or null for one that is looked for
 * @param clock the app's time, or null for the system's
 * @param innermost what stands next to each handler, the outermost first
 * @param listeners are told of each state
 */
public record Launch(
        JsonOptions json,
        HttpOptions http,
        SocketOptions sockets,
        Map<String, String> settings,
        List<TransportProvider> transports,
        UnaryOperator<TransportProvider> decorator,
        boolean discovery,
        @Nullable Executor executor,
        UnaryOperator<Executor> executorDecorator,
        @Nullable TemplateEngineProvider templateEngine,
        @Nullable AppClock clock,
        StopSettings stopping,
        List<Interceptor> innermost,
        List<Consumer<AppState>> listeners) {

    public static final Launch DEFAULT = new Launch(
            JsonOptions.builder().build(),
            HttpOptions.builder().build(),
            SocketOptions.builder().build(),
            Map.of(),
            List.of(),
            UnaryOperator.identity(),
            true,
            null,
            UnaryOperator.identity(),
            null,
            null,
            StopSettings.DEFAULT,
            List.of(),
            List.of());

    public Launch {
        settings = Map.copyOf(settings);
        transports = List.copyOf(transports);
        innermost = List.copyOf(innermost);
        listeners = List.copyOf(listeners);
    }

    /** A launch that is being changed. */
    private static final class Draft {

        private JsonOptions json;
        private HttpOptions http;
        private SocketOptions sockets;
        private Map<String, String> settings;
        private List<TransportProvider> transports;
        private UnaryOperator<TransportProvider> decorator;
        private boolean discovery;
        private @Nullable Executor executor;
        private UnaryOperator<Executor> executorDecorator;
        private @Nullable TemplateEngineProvider templateEngine;
        private @Nullable AppClock clock;
        private StopSettings stopping;
        private List<Interceptor> innermost;
        private List<Consumer<AppState>> listeners;

        Draft(Launch from) {
            json = from.json;
            http = from.http;
            sockets = from.sockets;
            settings = from.settings;
            transports = from.transports;
            decorator = from.decorator;
            discovery = from.discovery;
            executor = from.executor;
            executorDecorator = from.executorDecorator;
            templateEngine = from.templateEngine;
            clock = from.clock;
            stopping = from.stopping;
            innermost = from.innermost;
            listeners = from.listeners;
        }
    }

    private Launch with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return new Launch(
                draft.json,
                draft.http,
                draft.sockets,
                draft.settings,
                draft.transports,
                draft.decorator,
                draft.discovery,
                draft.executor,
                draft.executorDecorator,
                draft.templateEngine,
                draft.clock,
                draft.stopping,
                draft.innermost,
                draft.listeners);
    }

    public Launch json(JsonOptions newJson) {
        return with(draft -> draft.json = newJson);
    }

    public Launch http(HttpOptions newHttp) {
        return with(draft -> draft.http = newHttp);
    }

    public Launch sockets(SocketOptions newSockets) {
        return with(draft -> draft.sockets = newSockets);
    }

    public Launch settings(Map<String, String> newSettings) {
        return with(draft -> draft.settings = newSettings);
    }

    public Launch transports(List<TransportProvider> newTransports) {
        return with(draft -> draft.transports = newTransports);
    }

    public Launch decorator(UnaryOperator<TransportProvider> newDecorator) {
        return with(draft -> draft.decorator = newDecorator);
    }

    public Launch discovery(boolean newDiscovery) {
        return with(draft -> draft.discovery = newDiscovery);
    }

    public Launch executor(Executor newExecutor) {
        return with(draft -> draft.executor = newExecutor);
    }

    public Launch executorDecorator(UnaryOperator<Executor> newDecorator) {
        return with(draft -> draft.executorDecorator = newDecorator);
    }

    public Launch templateEngine(TemplateEngineProvider newTemplateEngine) {
        return with(draft -> draft.templateEngine = newTemplateEngine);
    }

    public Launch clock(AppClock newClock) {
        return with(draft -> draft.clock = newClock);
    }

    public Launch stopping(StopSettings newStopping) {
        return with(draft -> draft.stopping = newStopping);
    }

    public Launch innermost(List<Interceptor> newInnermost) {
        return with(draft -> draft.innermost = newInnermost);
    }

    public Launch listeners(List<Consumer<AppState>> newListeners) {
        return with(draft -> draft.listeners = newListeners);
    }
}

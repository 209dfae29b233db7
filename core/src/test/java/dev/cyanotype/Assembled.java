/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype;

import dev.cyanotype.http.HttpOptions;
import dev.cyanotype.internal.assembly.Assembler;
import dev.cyanotype.internal.assembly.Assembly;
import dev.cyanotype.internal.bus.CallPool;
import dev.cyanotype.internal.concurrent.SystemClock;
import dev.cyanotype.internal.dispatch.Answer;
import dev.cyanotype.internal.dispatch.AppDispatcher;
import dev.cyanotype.internal.dispatch.AppRuntime;
import dev.cyanotype.internal.dispatch.InMemoryRequest;
import dev.cyanotype.internal.json.JsonCodec;
import dev.cyanotype.internal.pebble.PebbleProvider;
import dev.cyanotype.internal.socket.SocketHub;
import dev.cyanotype.internal.spec.ScopeSpec;
import dev.cyanotype.internal.view.Views;
import dev.cyanotype.json.JsonOptions;
import dev.cyanotype.socket.SocketOptions;
import dev.cyanotype.spi.ActionRequest;
import dev.cyanotype.spi.AppClock;
import dev.cyanotype.spi.Dispatcher;
import dev.cyanotype.spi.HttpRequest;
import dev.cyanotype.spi.MessageBus;
import dev.cyanotype.spi.MountedOperation;
import dev.cyanotype.spi.OperationKind;
import dev.cyanotype.spi.RenderedResponse;
import dev.cyanotype.spi.Reply;
import dev.cyanotype.spi.SocketConnection;
import dev.cyanotype.spi.SocketReceiver;
import dev.cyanotype.spi.Upgrade;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** An app without transports and threads: requests go straight to its dispatcher. Nothing to start, nothing to stop. */
public final class Assembled {

    private final Assembly assembly;
    private final AppDispatcher dispatcher;

    private Assembled(Assembly assembly, AppDispatcher dispatcher) {
        this.assembly = assembly;
        this.dispatcher = dispatcher;
    }

    /** An app of blueprints, mounted as they are. */
    public static Assembled of(Blueprint... blueprints) {
        App.Builder app = App.named("test_app");
        for (Blueprint blueprint : blueprints) {
            app.register(blueprint);
        }
        return of(app);
    }

    /** What a builder has collected; its converters, options, settings and transports have no effect here. */
    public static Assembled of(App.Builder app) {
        return of(app, HttpOptions.builder().build());
    }

    public static Assembled of(App.Builder app, HttpOptions options) {
        return of(app, options, JsonOptions.builder().build());
    }

    public static Assembled of(App.Builder app, HttpOptions http, JsonOptions json) {
        return of(app, http, json, Map.of(), false);
    }

    public static Assembled of(App.Builder app, Map<String, Predicate<String>> converters) {
        return of(app, HttpOptions.builder().build(), JsonOptions.builder().build(), converters, false);
    }

    /** Lets what is declared later win, as {@link ConflictPolicy#OVERRIDE} does. */
    public static Assembled overriding(App.Builder app) {
        return of(app, HttpOptions.builder().build(), JsonOptions.builder().build(), Map.of(), true);
    }

    /** An app with websockets, whose messages go through a bus. */
    public static Assembled of(App.Builder app, SocketOptions sockets, MessageBus bus) {
        return of(app, HttpOptions.builder().build(), JsonOptions.builder().build(), Map.of(), false, sockets, bus);
    }

    private static Assembled of(
            App.Builder app,
            HttpOptions http,
            JsonOptions json,
            Map<String, Predicate<String>> converters,
            boolean override) {
        return of(app, http, json, converters, override, SocketOptions.builder().build(), null);
    }

    private static Assembled of(
            App.Builder app,
            HttpOptions http,
            JsonOptions json,
            Map<String, Predicate<String>> converters,
            boolean override,
            SocketOptions sockets,
            @Nullable MessageBus bus) {
        ScopeSpec scope = app.draft().build();
        Assembler.Result result = Assembler.assemble("test_app", scope, converters, sockets, override, List.of());
        if (result.assembly() == null) {
            throw new AppBuildException("test_app", result.problems());
        }
        AppClock clock = new SystemClock("test_app");
        AppRuntime runtime = new AppRuntime(
                "test_app",
                result.assembly(),
                new JsonCodec(json),
                http,
                new SocketHub(
                        "test_app",
                        "replica",
                        sockets,
                        new JsonCodec(json),
                        Runnable::run,
                        result.assembly()::isEndpoint,
                        clock),
                new CallPool(new JsonCodec(json), Runnable::run, 100, clock));
        if (bus != null) {
            runtime.bus(bus);
            runtime.sockets().join(bus);
        }
        if (!result.assembly().app().chain().templates().isEmpty()) {
            runtime.views(Views.of(new PebbleProvider(), true));
        }
        return new Assembled(result.assembly(), new AppDispatcher(runtime));
    }

    /** Opens a websocket that must open. */
    public SocketReceiver open(String target, SocketConnection connection) {
        Upgrade upgrade = dispatcher.upgrade(InMemoryRequest.get(target), false).join();
        SocketReceiver receiver = ((Upgrade.Accepted) upgrade).receiver();
        receiver.opened(connection);
        return receiver;
    }

    public Dispatcher dispatcher() {
        return dispatcher;
    }

    public List<MountedOperation> operations(OperationKind kind) {
        return assembly.operations(kind);
    }

    public Answer get(String target) {
        return send(InMemoryRequest.get(target));
    }

    /** Sends a request and reads the response to its end. */
    public Answer send(HttpRequest request) {
        return Answer.of(rendered(request));
    }

    /** Sends a request; the caller reads the response and closes it. */
    public RenderedResponse rendered(HttpRequest request) {
        return dispatcher.http(request).join();
    }

    public Reply action(String name, JsonNode payload) {
        return dispatcher.action(ActionRequest.of(name, payload)).join();
    }

    public Reply action(String name) {
        return action(name, JsonNodeFactory.instance.objectNode());
    }

    /** Hands a message to every listener of a channel, one after the other. */
    public void message(String channel, JsonNode message) {
        for (MountedOperation listener : operations(OperationKind.LISTENER)) {
            if (listener.address().equals(channel)) {
                dispatcher.message(listener, message).join();
            }
        }
    }

    public CompletableFuture<RenderedResponse> start(HttpRequest request) {
        return dispatcher.http(request);
    }
}

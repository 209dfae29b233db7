/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype;

import dev.cyanotype.http.HttpOptions;
import dev.cyanotype.internal.assembly.Assembler;
import dev.cyanotype.internal.assembly.Assembly;
import dev.cyanotype.internal.dispatch.Answer;
import dev.cyanotype.internal.dispatch.AppDispatcher;
import dev.cyanotype.internal.dispatch.AppRuntime;
import dev.cyanotype.internal.dispatch.InMemoryRequest;
import dev.cyanotype.internal.json.JsonCodec;
import dev.cyanotype.internal.spec.ScopeSpec;
import dev.cyanotype.json.JsonOptions;
import dev.cyanotype.spi.ActionRequest;
import dev.cyanotype.spi.Dispatcher;
import dev.cyanotype.spi.HttpRequest;
import dev.cyanotype.spi.MountedOperation;
import dev.cyanotype.spi.OperationKind;
import dev.cyanotype.spi.RenderedResponse;
import dev.cyanotype.spi.Reply;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
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

    /** What a builder has collected; converters, settings and transports of the builder have no effect here. */
    public static Assembled of(App.Builder app) {
        return of(app, HttpOptions.builder().build(), JsonOptions.builder().build());
    }

    public static Assembled of(App.Builder app, HttpOptions options) {
        return of(app, options, JsonOptions.builder().build());
    }

    public static Assembled of(App.Builder app, HttpOptions http, JsonOptions json) {
        ScopeSpec scope = app.draft().build();
        Assembler.Result result = Assembler.assemble("test_app", scope, Map.of(), false);
        if (result.assembly() == null) {
            throw new AppBuildException("test_app", result.problems());
        }
        AppRuntime runtime = new AppRuntime("test_app", new JsonCodec(json), http);
        return new Assembled(result.assembly(), new AppDispatcher(runtime, result.assembly()));
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

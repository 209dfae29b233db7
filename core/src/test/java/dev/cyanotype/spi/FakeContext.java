/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.spi;

import dev.cyanotype.internal.concurrent.SystemClock;
import dev.cyanotype.internal.json.JsonCodec;
import dev.cyanotype.json.JsonOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** What a transport is given, where the test says what running an operation is. */
public final class FakeContext implements TransportContext, Dispatcher {

    private final Executor executor;
    private final AppClock clock = new SystemClock("shop");
    private final List<MountedOperation> operations = new ArrayList<>();
    private final JsonCodec json = new JsonCodec(JsonOptions.builder().build());
    private Function<JsonNode, CompletableFuture<Void>> onMessage = message -> {
        throw new UnsupportedOperationException();
    };
    private Function<ActionRequest, CompletableFuture<Reply>> onAction = request -> {
        throw new UnsupportedOperationException();
    };
    private Function<StreamEntry, CompletableFuture<Reply>> onEntry = entry -> {
        throw new UnsupportedOperationException();
    };

    public FakeContext(Executor executor) {
        this.executor = executor;
    }

    public FakeContext with(MountedOperation operation) {
        operations.add(operation);
        return this;
    }

    public FakeContext onMessage(Function<JsonNode, CompletableFuture<Void>> hearing) {
        onMessage = hearing;
        return this;
    }

    public FakeContext onAction(Function<ActionRequest, CompletableFuture<Reply>> acting) {
        onAction = acting;
        return this;
    }

    public FakeContext onEntry(Function<StreamEntry, CompletableFuture<Reply>> handling) {
        onEntry = handling;
        return this;
    }

    @Override
    public String app() {
        return "shop";
    }

    @Override
    public List<MountedOperation> operations(OperationKind kind) {
        return operations.stream().filter(operation -> operation.kind() == kind).toList();
    }

    @Override
    public Dispatcher dispatcher() {
        return this;
    }

    @Override
    public Settings settings() {
        throw new UnsupportedOperationException();
    }

    @Override
    public MessageJson json() {
        return json;
    }

    @Override
    public Executor executor() {
        return executor;
    }

    @Override
    public AppClock clock() {
        return clock;
    }

    @Override
    public CompletableFuture<Void> message(MountedOperation listener, JsonNode message) {
        return onMessage.apply(message);
    }

    @Override
    public CompletableFuture<Reply> action(ActionRequest request) {
        return onAction.apply(request);
    }

    @Override
    public CompletableFuture<Reply> entry(MountedOperation consumer, StreamEntry entry) {
        return onEntry.apply(entry);
    }

    @Override
    public CompletableFuture<RenderedResponse> http(HttpRequest request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<Upgrade> upgrade(HttpRequest request, boolean anyPath) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> Optional<T> offered(Class<T> type) {
        return Optional.empty();
    }
}

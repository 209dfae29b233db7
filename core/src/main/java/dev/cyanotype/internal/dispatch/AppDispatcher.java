/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.dispatch;

import dev.cyanotype.internal.assembly.Operation;
import dev.cyanotype.spi.ActionRequest;
import dev.cyanotype.spi.Dispatcher;
import dev.cyanotype.spi.HttpRequest;
import dev.cyanotype.spi.MountedOperation;
import dev.cyanotype.spi.RenderedResponse;
import dev.cyanotype.spi.Reply;
import dev.cyanotype.spi.StreamEntry;
import dev.cyanotype.spi.Upgrade;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;

/** The dispatcher of one app. Thread-safe. */
public final class AppDispatcher implements Dispatcher {

    private final HttpDispatch http;
    private final MessageDispatch messages;
    private final SocketDispatch sockets;

    public AppDispatcher(AppRuntime runtime) {
        this.http = new HttpDispatch(runtime);
        this.messages = new MessageDispatch(runtime);
        this.sockets = new SocketDispatch(runtime, http, messages);
    }

    @Override
    public CompletableFuture<RenderedResponse> http(HttpRequest request) {
        return http.dispatch(request);
    }

    @Override
    public CompletableFuture<Upgrade> upgrade(HttpRequest request, boolean anyPath) {
        return sockets.upgrade(request, anyPath);
    }

    @Override
    public CompletableFuture<Reply> action(ActionRequest request) {
        return messages.action(request);
    }

    @Override
    public CompletableFuture<Void> message(MountedOperation listener, JsonNode message) {
        return messages.message(own(Operation.Listener.class, listener), message);
    }

    @Override
    public CompletableFuture<Reply> entry(MountedOperation consumer, StreamEntry entry) {
        return messages.entry(own(Operation.Consumer.class, consumer), entry);
    }

    @Override
    public CompletableFuture<Void> task(MountedOperation task) {
        return messages.task(own(Operation.Task.class, task));
    }

    private static <T extends Operation> T own(Class<T> type, MountedOperation operation) {
        if (!type.isInstance(operation)) {
            throw new IllegalArgumentException("%s is no %s of this app (expected: one of TransportContext.operations)"
                    .formatted(operation, type.getSimpleName()));
        }
        return type.cast(operation);
    }
}

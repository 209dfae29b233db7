/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.dispatch;

import dev.cyanotype.internal.assembly.Operation;
import dev.cyanotype.internal.assembly.TaskOperation;
import dev.cyanotype.spi.ActionRequest;
import dev.cyanotype.spi.Dispatcher;
import dev.cyanotype.spi.HttpRequest;
import dev.cyanotype.spi.MountedOperation;
import dev.cyanotype.spi.RenderedResponse;
import dev.cyanotype.spi.Reply;
import dev.cyanotype.spi.StreamEntry;
import dev.cyanotype.spi.Upgrade;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The dispatcher of one app. Thread-safe. */
public final class AppDispatcher implements Dispatcher {

    private final HttpDispatch http;
    private final MessageDispatch messages;
    private final SocketDispatch sockets;
    private final Traffic traffic;
    private final Runnable responseEnded;

    /**
     * The dispatcher of an app, which counts what it runs for others.
     */
    public AppDispatcher(AppRuntime runtime) {
        this.http = new HttpDispatch(runtime);
        this.messages = new MessageDispatch(runtime);
        this.sockets = new SocketDispatch(runtime, http, messages);
        this.traffic = runtime.traffic();
        this.responseEnded = traffic.http::end;
    }

    @Override
    public CompletableFuture<RenderedResponse> http(HttpRequest request) {
        if (traffic.refuses()) {
            return http.refuse(request);
        }
        traffic.http.begin();
        CompletableFuture<RenderedResponse> response = http.dispatch(request);
        return response.thenApply(rendered -> rendered.onClose(responseEnded));
    }

    @Override
    public CompletableFuture<Upgrade> upgrade(HttpRequest request, boolean anyPath) {
        return sockets.upgrade(request, anyPath);
    }

    @Override
    public CompletableFuture<Reply> action(ActionRequest request) {
        return traffic.actions.until(() -> messages.action(request));
    }

    @Override
    public CompletableFuture<Void> message(MountedOperation listener, JsonNode message) {
        Operation.Listener own = own(Operation.Listener.class, listener);
        return traffic.messages.until(() -> messages.message(own, message));
    }

    @Override
    public CompletableFuture<Reply> entry(MountedOperation consumer, StreamEntry entry) {
        Operation.Consumer own = own(Operation.Consumer.class, consumer);
        return traffic.entries.until(() -> messages.entry(own, entry));
    }

    /**
     * Runs a task once.
     *
     * @return how it ended: with what it threw, or null; never fails
     */
    public CompletableFuture<@Nullable Throwable> task(TaskOperation task, TaskControl control) {
        return messages.task(task, control);
    }

    private static <T extends Operation> T own(Class<T> type, MountedOperation operation) {
        if (!type.isInstance(operation)) {
            throw new IllegalArgumentException("%s is no %s of this app (expected: one of TransportContext.operations)"
                    .formatted(operation, type.getSimpleName()));
        }
        return type.cast(operation);
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

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

/** A dispatcher of which is recorded what it is asked and what it answers. */
final class RecordedDispatcher implements Dispatcher {

    private final Dispatcher dispatcher;
    private final Recorder recorder;

    RecordedDispatcher(Dispatcher dispatcher, Recorder recorder) {
        this.dispatcher = dispatcher;
        this.recorder = recorder;
    }

    @Override
    public CompletableFuture<RenderedResponse> http(HttpRequest request) {
        return dispatcher.http(request).thenApply(response -> {
            String query = request.query();
            recorder.add(
                    TestEvent.Kind.REQUEST,
                    request.method() + " " + request.path() + (query == null ? "" : "?" + query),
                    "-> " + response.status());
            return response;
        });
    }

    @Override
    public CompletableFuture<Upgrade> upgrade(HttpRequest request, boolean anyPath) {
        return dispatcher.upgrade(request, anyPath);
    }

    @Override
    public CompletableFuture<Reply> action(ActionRequest request) {
        return dispatcher.action(request).thenApply(reply -> {
            recorder.add(TestEvent.Kind.CALL, request.action(), request.payload() + " -> " + shown(reply));
            return reply;
        });
    }

    @Override
    public CompletableFuture<Void> message(MountedOperation listener, JsonNode message) {
        String text = message.toString();
        return dispatcher
                .message(listener, message)
                .thenRun(() -> recorder.add(TestEvent.Kind.HEARD, label(listener), text));
    }

    @Override
    public CompletableFuture<Reply> entry(MountedOperation consumer, StreamEntry entry) {
        String text = entry.value().toString();
        return dispatcher.entry(consumer, entry).thenApply(reply -> {
            recorder.add(
                    TestEvent.Kind.ENTRY,
                    label(consumer),
                    text + " (delivery " + entry.deliveries() + ") -> " + (reply.isError() ? shown(reply) : "done"));
            return reply;
        });
    }

    private static String label(MountedOperation operation) {
        String name = operation.name();
        return name == null ? operation.address() : name;
    }

    private static String shown(Reply reply) {
        return (reply.isError() ? "error " + reply.status() + " " : "") + reply.payload();
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.testkit.real;

import dev.cyanotype.spi.ActionRequest;
import dev.cyanotype.spi.Dispatcher;
import dev.cyanotype.spi.HttpRequest;
import dev.cyanotype.spi.MountedConsumer;
import dev.cyanotype.spi.MountedOperation;
import dev.cyanotype.spi.RenderedResponse;
import dev.cyanotype.spi.Reply;
import dev.cyanotype.spi.StreamEntry;
import dev.cyanotype.spi.Upgrade;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** A dispatcher of which is known what it is at. */
final class ObservedDispatcher implements Dispatcher {

    private final Dispatcher dispatcher;
    private final UnderWay underWay;

    ObservedDispatcher(Dispatcher dispatcher, UnderWay underWay) {
        this.dispatcher = dispatcher;
        this.underWay = underWay;
    }

    @Override
    public CompletableFuture<RenderedResponse> http(HttpRequest request) {
        Runnable answered = underWay.requests().begun();
        return run("request " + request.path(), () -> dispatcher.http(request)).thenApply(response -> {
            Activity.Token writing = underWay.activity().expectLater("the response to " + request.path());
            answered.run();
            return response.onClose(writing::end);
        });
    }

    @Override
    public CompletableFuture<Upgrade> upgrade(HttpRequest request, boolean anyPath) {
        Runnable answered = underWay.requests().begun();
        return run("websocket " + request.path(), () -> dispatcher.upgrade(request, anyPath))
                .thenApply(decision -> {
                    Upgrade observed = underWay.sockets().decided(request.header(ServedSockets.HEADER), decision);
                    answered.run();
                    return observed;
                });
    }

    @Override
    public CompletableFuture<Reply> action(ActionRequest request) {
        Runnable answered = underWay.calls().begun();
        return run("action " + request.action(), () -> dispatcher.action(request))
                .thenApply(reply -> {
                    answered.run();
                    return reply;
                });
    }

    @Override
    public CompletableFuture<Void> message(MountedOperation listener, JsonNode message) {
        return run("listener of " + listener.address(), () -> {
            underWay.messages().heard(listener);
            return dispatcher.message(listener, message);
        });
    }

    @Override
    public CompletableFuture<Reply> entry(MountedOperation consumer, StreamEntry entry) {
        if (consumer instanceof LetterReader reader) {
            underWay.entries().letter(reader, entry);
            return CompletableFuture.completedFuture(new Reply(200, JsonNodeFactory.instance.objectNode()));
        }
        MountedConsumer mounted = (MountedConsumer) consumer;
        return run("consumer of " + consumer.address(), () -> {
            underWay.entries().begun(mounted, entry);
            return dispatcher.entry(consumer, entry).thenApply(reply -> {
                underWay.entries().ended(mounted, entry, reply);
                return reply;
            });
        });
    }

    /** Counts while the calling thread is at it, and a while longer if the result comes later. */
    private <T> CompletableFuture<T> run(String what, Supplier<CompletableFuture<T>> call) {
        Activity.Token running = underWay.activity().here(what);
        try {
            CompletableFuture<T> result = call.get();
            if (!result.isDone()) {
                Activity.Token pending = underWay.activity().expectLater(what);
                result.whenComplete((value, error) -> pending.end());
            }
            return result;
        } finally {
            running.end();
        }
    }
}

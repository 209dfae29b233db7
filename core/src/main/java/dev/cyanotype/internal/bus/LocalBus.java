/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.bus;

import dev.cyanotype.internal.concurrent.InFlight;
import dev.cyanotype.message.NoResponderException;
import dev.cyanotype.spi.ActionRequest;
import dev.cyanotype.spi.MessageBus;
import dev.cyanotype.spi.MountedOperation;
import dev.cyanotype.spi.OperationKind;
import dev.cyanotype.spi.Reply;
import dev.cyanotype.spi.TransportContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import tools.jackson.databind.JsonNode;

/** The bus of an app that has no broker: its own actions and listeners, in this process. */
public final class LocalBus implements MessageBus {

    private final TransportContext context;
    private final boolean hasActions;
    private final Map<String, List<ListenerLane>> lanes = new HashMap<>();

    private final InFlight work = new InFlight();

    private volatile boolean closed;

    public LocalBus(TransportContext context) {
        this.context = context;
        this.hasActions = !context.operations(OperationKind.ACTION).isEmpty();
        for (MountedOperation listener : context.operations(OperationKind.LISTENER)) {
            lanes.computeIfAbsent(listener.address(), channel -> new ArrayList<>())
                    .add(new ListenerLane(context.dispatcher(), context.executor(), listener));
        }
    }

    @Override
    public void start() {}

    @Override
    public long publish(String channel, JsonNode message) {
        if (closed) {
            throw new IllegalStateException("app '" + context.app() + "' is stopped, so it can't send messages");
        }
        List<ListenerLane> listeners = lanes.getOrDefault(channel, List.of());
        for (ListenerLane lane : listeners) {
            work.begin();
            // Each listener gets a tree of its own: what one changes, the others do not see.
            lane.add(message.deepCopy(), work::end);
        }
        return listeners.size();
    }

    @Override
    public CompletableFuture<Reply> request(String service, ActionRequest request) {
        if (closed || !hasActions || !service.equals(context.app())) {
            return CompletableFuture.failedFuture(new NoResponderException(service, request.action()));
        }
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        work.begin();
        try {
            context.executor().execute(() -> run(request, reply));
        } catch (RejectedExecutionException e) {
            work.end();
            reply.completeExceptionally(e);
        }
        return reply;
    }

    private void run(ActionRequest request, CompletableFuture<Reply> reply) {
        context.dispatcher().action(request).whenComplete((result, error) -> {
            work.end();
            if (error == null) {
                reply.complete(result);
            } else {
                reply.completeExceptionally(error);
            }
        });
    }

    @Override
    public void drain(Duration budget) throws InterruptedException {
        work.awaitNone(budget);
    }

    @Override
    public void close() {
        closed = true;
    }
}

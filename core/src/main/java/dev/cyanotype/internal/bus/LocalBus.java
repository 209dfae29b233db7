/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.bus;

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
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.JsonNode;

/** The bus of an app that has no broker: its own actions and listeners, in this process. */
public final class LocalBus implements MessageBus {

    private final TransportContext context;
    private final boolean hasActions;
    private final Map<String, List<ListenerLane>> lanes = new HashMap<>();

    /** One party for the bus itself, one for each piece of work under way. */
    private final Phaser work = new Phaser(1);

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
            work.register();
            // Each listener gets a tree of its own: what one changes, the others do not see.
            lane.add(message.deepCopy(), work::arriveAndDeregister);
        }
        return listeners.size();
    }

    @Override
    public CompletableFuture<Reply> request(String service, ActionRequest request) {
        if (closed || !hasActions || !service.equals(context.app())) {
            return CompletableFuture.failedFuture(new NoResponderException(service, request.action()));
        }
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        work.register();
        context.executor()
                .execute(() -> context.dispatcher().action(request).whenComplete((result, error) -> {
                    work.arriveAndDeregister();
                    if (error == null) {
                        reply.complete(result);
                    } else {
                        reply.completeExceptionally(error);
                    }
                }));
        return reply;
    }

    @Override
    public void drain(Duration budget) throws InterruptedException {
        int phase = work.arrive();
        try {
            work.awaitAdvanceInterruptibly(phase, budget.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            // What is still under way then is cut off by the end of the app.
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}

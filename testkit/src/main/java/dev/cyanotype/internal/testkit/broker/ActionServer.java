/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.testkit.broker;

import dev.cyanotype.message.Delivery;
import dev.cyanotype.spi.ActionRequest;
import dev.cyanotype.spi.MountedAction;
import dev.cyanotype.spi.MountedOperation;
import dev.cyanotype.spi.OperationKind;
import dev.cyanotype.spi.Reply;
import dev.cyanotype.spi.TransportContext;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** Runs the requests that one replica has heard. Thread-safe. */
final class ActionServer {

    private final Connection connection;
    private final TransportContext context;
    private final Map<String, MountedAction> actions = new HashMap<>();
    private int running;
    private long begun;

    ActionServer(Connection connection, TransportContext context) {
        this.connection = connection;
        this.context = context;
        for (MountedOperation action : context.operations(OperationKind.ACTION)) {
            actions.put(action.address(), (MountedAction) action);
        }
    }

    boolean hasActions() {
        return !actions.isEmpty();
    }

    boolean knows(String action) {
        return actions.containsKey(action);
    }

    /** Takes a request that has arrived. */
    void take(Call call) {
        MountedAction action = actions.get(call.request.action());
        boolean all = action != null && action.options().delivery() == Delivery.ALL;
        if (!connection.isHearing() || call.isOver() || !call.begin(connection, all)) {
            return;
        }
        begin();
        try {
            context.executor().execute(() -> run(call, all));
        } catch (RuntimeException | Error e) {
            end();
            answer(call, Reply.error(503, "The service '" + context.app() + "' takes no work. Try again."));
        }
    }

    private synchronized void begin() {
        running++;
        begun++;
    }

    private synchronized void end() {
        running--;
        notifyAll();
    }

    private void run(Call call, boolean all) {
        if (call.isOver()) {
            end();
            return;
        }
        String key = all ? null : call.request.idempotencyKey();
        String action = call.request.action();
        if (key != null) {
            Reply known = connection.service().replies().first(action, key, call.request.deadline());
            if (known != null) {
                connection.note("answers " + call + " with what is known for its key, " + known.status());
                end();
                answer(call, known);
                return;
            }
        }
        connection.note("runs " + call);
        act(call).whenComplete((reply, error) -> {
            Reply last = error == null ? reply : Reply.error(500, "Internal Server Error");
            if (key != null && connection.isReachable()) {
                connection.service().replies().keep(action, key, last);
            }
            connection.note("has run " + call + ", " + last.status());
            answer(call, last);
            end();
        });
    }

    private CompletableFuture<Reply> act(Call call) {
        ActionRequest request = call.request;
        ActionRequest own = ActionRequest.builder(
                        request.action(), request.payload().deepCopy())
                .correlationId(request.correlationId())
                .deadline(request.deadline())
                .clock(context.clock())
                .idempotencyKey(request.idempotencyKey())
                .traceparent(request.traceparent())
                .progress(payload -> progress(call, payload))
                .cancelled(() -> call.isCancelled() || connection.isGone())
                .build();
        try {
            return context.dispatcher().action(own);
        } catch (Throwable e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void progress(Call call, JsonNode payload) {
        JsonNode copy = payload.deepCopy();
        connection.send(call.caller, "progress of " + call, () -> call.caller.progress(call, copy));
    }

    private void answer(Call call, Reply reply) {
        Reply copy = new Reply(reply.status(), reply.payload().deepCopy());
        connection.send(call.caller, "the reply to " + call, () -> call.caller.answered(call, copy));
    }

    /** How much was ever begun. */
    synchronized long begun() {
        return begun;
    }

    /** Waits until nothing runs; false if the time is over before. */
    synchronized boolean awaitNone(long deadline) throws InterruptedException {
        while (running > 0) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return true;
    }
}

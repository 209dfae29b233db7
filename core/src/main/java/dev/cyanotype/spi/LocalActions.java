/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.spi;

import dev.cyanotype.message.Delivery;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Runs requests for the actions of an app in this process, as a {@link MessageBus} has to.
 *
 * <p>Each runs on the app's executor. One that nobody waits for any more when its turn comes is not run. The replies to requests
 * with an idempotency key are kept in this process, the latest 10 000, and given to whoever asks again; a request whose first
 * attempt is still running is refused with status 409, and one that failed in a way that may be over ({@link Reply#isPermanent()}
 * is false) is run again. A bus whose broker keeps replies asks that one instead, and hands on requests without a key. It does
 * not limit how many run at once. Thread-safe.
 *
 * @since 0.1
 */
public final class LocalActions {

    private static final Reply INTERNAL_ERROR = Reply.error(500, "Internal Server Error");

    private final TransportContext context;
    private final Map<String, Delivery> deliveries = new HashMap<>();
    private final RecentReplies replies = new RecentReplies();
    private final PendingWork pending = new PendingWork();

    /**
     * For the actions of an app.
     *
     * @param context what the app gave the transport
     */
    public LocalActions(TransportContext context) {
        this.context = context;
        for (MountedOperation action : context.operations(OperationKind.ACTION)) {
            deliveries.put(action.address(), ((MountedAction) action).options().delivery());
        }
    }

    /**
     * Whether the app has no actions, and so is no service.
     *
     * @return true if there are none
     */
    public boolean isEmpty() {
        return deliveries.isEmpty();
    }

    /**
     * Who is to run a request for an action.
     *
     * @param action the action's name
     * @return as it was declared; null if the app has no such action
     */
    public @Nullable Delivery delivery(String action) {
        return deliveries.get(action);
    }

    /**
     * Has a request run.
     *
     * @param request the request; an unknown action is answered with status 404
     * @return the last reply, with a tree of its own where it is kept for others. It is never given if nobody waited for it any
     *     more when its turn came, by {@link ActionRequest#isCancelled()} or because this was cancelled; else cancelling it
     *     tells the handler, and it goes on. It fails if the executor takes no work
     */
    public CompletableFuture<Reply> run(ActionRequest request) {
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        ActionRequest own = request.by(context.clock(), reply::isDone);
        pending.count(1);
        try {
            context.executor().execute(() -> run(own, reply));
        } catch (RuntimeException | Error e) {
            pending.count(-1);
            reply.completeExceptionally(e);
        }
        return reply;
    }

    /**
     * Has a request run that has come over a bus without a format of its own.
     *
     * @param request what {@link ActionRequest#toJson} has written
     * @param answers is given what {@link ActionRequest#answered} reads at the other end: progress, and once the reply; may be
     *     called by any thread, one at a time unless the handler reports progress from several
     * @return the last reply, as {@link #run(ActionRequest)} has it; to be cancelled when nobody waits any more
     */
    public CompletableFuture<Reply> run(JsonNode request, Consumer<JsonNode> answers) {
        CompletableFuture<Reply> reply = run(ActionRequest.builder(request)
                .progress(value ->
                        answers.accept(JsonNodeFactory.instance.objectNode().set(ActionRequest.PROGRESS, value)))
                .build());
        reply.whenComplete((last, error) -> {
            if (!reply.isCancelled()) {
                answers.accept(error == null ? last.toJson() : INTERNAL_ERROR.toJson());
            }
        });
        return reply;
    }

    private void run(ActionRequest request, CompletableFuture<Reply> reply) {
        if (request.isCancelled()) {
            // Nobody waits any more.
            pending.count(-1);
            return;
        }
        String key = request.idempotencyKey();
        CompletableFuture<Reply> result =
                key == null ? act(request) : replies.get(request.action(), key, () -> act(request));
        result.whenComplete((value, error) -> {
            if (error == null) {
                reply.complete(value);
            } else {
                reply.completeExceptionally(error);
            }
            pending.count(-1);
        });
    }

    private CompletableFuture<Reply> act(ActionRequest request) {
        try {
            return Objects.requireNonNull(context.dispatcher().action(request));
        } catch (Throwable e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /**
     * Waits until nothing runs and all replies are given, or the budget is spent.
     *
     * @param budget how long to wait at most
     * @return false if the budget was spent
     * @throws InterruptedException if the waiting thread is interrupted
     */
    public boolean awaitNone(Duration budget) throws InterruptedException {
        return pending.awaitNone(budget);
    }

    /** What runs, for who has more to wait for. */
    PendingWork pending() {
        return pending;
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.transport;

import dev.cyanotype.message.Delivery;
import dev.cyanotype.spi.ActionRequest;
import dev.cyanotype.spi.MountedAction;
import dev.cyanotype.spi.MountedOperation;
import dev.cyanotype.spi.OperationKind;
import dev.cyanotype.spi.Reply;
import dev.cyanotype.spi.TransportContext;
import java.io.IOException;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Runs the actions of one replica. Thread-safe. */
final class LocalActions {

    private static final Logger LOG = LoggerFactory.getLogger(LocalActions.class.getPackageName());

    /** What a replica can be to a request, the best first. */
    enum Role {
        RUNS_WITH_ALL,
        KNOWS_THE_KEY,
        RUNS,
        IS_OF_THE_SERVICE,
        NONE
    }

    private final TransportContext context;
    private final Map<String, Delivery> actions = new HashMap<>();
    private final Map<String, CompletableFuture<Reply>> kept = Collections.synchronizedMap(new Recent<>());

    /** Forgets the oldest. */
    private static final class Recent<V> extends LinkedHashMap<String, V> {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
            return size() > 10_000;
        }
    }

    LocalActions(TransportContext context) {
        this.context = context;
        for (MountedOperation action : context.operations(OperationKind.ACTION)) {
            actions.put(action.address(), ((MountedAction) action).options().delivery());
        }
    }

    Role role(JsonNode head) {
        Delivery delivery = actions.get(text(head, "action"));
        if (actions.isEmpty()) {
            return Role.NONE;
        } else if (delivery == Delivery.ALL) {
            return Role.RUNS_WITH_ALL;
        } else if (kept.containsKey(key(head))) {
            return Role.KNOWS_THE_KEY;
        }
        return delivery == null ? Role.IS_OF_THE_SERVICE : Role.RUNS;
    }

    /** Runs a request; done when its reply is sent. */
    CompletableFuture<?> run(LocalLink link, JsonNode head, byte[] payload) {
        return CompletableFuture.supplyAsync(() -> act(link, head, payload), context.executor())
                .thenCompose(reply -> reply)
                .exceptionally(e -> failure(500, "Internal Server Error"))
                .thenAccept(reply -> {
                    send(link, reply);
                    link.close();
                });
    }

    private CompletableFuture<Reply> act(LocalLink link, JsonNode head, byte[] payload) {
        ActionRequest request = ActionRequest.builder(
                        head.path("action").asString(""), context.json().read(payload))
                .correlationId(text(head, "correlationId"))
                .idempotencyKey(text(head, "key"))
                .traceparent(text(head, "traceparent"))
                .deadline(
                        head.has("deadline")
                                ? Instant.ofEpochMilli(head.path("deadline").asLong())
                                : null)
                .clock(context.clock())
                .cancelled(link::isClosed)
                .progress(value -> send(link, new Reply(0, value)))
                .build();
        if (request.isCancelled()) {
            return CompletableFuture.completedFuture(failure(408, "Nobody waits any more"));
        } else if (request.idempotencyKey() == null || actions.get(request.action()) != Delivery.ONE_OF) {
            return context.dispatcher().action(request);
        }
        CompletableFuture<Reply> first = new CompletableFuture<>();
        CompletableFuture<Reply> known = kept.putIfAbsent(key(head), first);
        if (known != null) {
            return CompletableFuture.completedFuture(
                    known.getNow(failure(409, "A request with this idempotency key is still running")));
        }
        return context.dispatcher().action(request).whenComplete((reply, error) -> {
            if (reply.isError() && !reply.isPermanent()) {
                kept.remove(key(head));
            }
            first.complete(reply);
        });
    }

    /** Sends a reply, or progress, which has no status. */
    private void send(LocalLink link, Reply reply) {
        try {
            link.send(LocalLink.number(reply.status()), context.json().write(reply.payload()));
        } catch (IOException e) {
            LOG.debug("nobody waits for a reply", e);
        }
    }

    private static @Nullable String text(JsonNode head, String field) {
        return head.path(field).stringValue(null);
    }

    private static String key(JsonNode head) {
        return text(head, "action") + "\n" + text(head, "key");
    }

    private static Reply failure(int status, String text) {
        return new Reply(status, JsonNodeFactory.instance.objectNode().put("error", text));
    }
}

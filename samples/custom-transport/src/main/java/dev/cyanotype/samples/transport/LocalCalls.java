/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.transport;

import dev.cyanotype.message.MessagingException;
import dev.cyanotype.message.NoResponderException;
import dev.cyanotype.spi.ActionRequest;
import dev.cyanotype.spi.Reply;
import dev.cyanotype.spi.TransportContext;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Has actions run by other apps, or by other replicas of this one. Thread-safe. */
final class LocalCalls {

    private static final Logger LOG = LoggerFactory.getLogger(LocalCalls.class.getPackageName());

    private final TransportContext context;
    private final LocalPeers peers;

    LocalCalls(TransportContext context, LocalPeers peers) {
        this.context = context;
        this.peers = peers;
    }

    CompletableFuture<Reply> request(String service, ActionRequest request) {
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        CompletableFuture.runAsync(() -> call(service, request, reply), context.executor())
                .exceptionally(e -> {
                    reply.completeExceptionally(e);
                    return null;
                });
        return reply;
    }

    private void call(String service, ActionRequest request, CompletableFuture<Reply> reply) {
        String key = request.idempotencyKey();
        Instant deadline = request.deadline();
        ObjectNode head = LocalLink.number(0)
                .put("action", request.action())
                .put("key", key)
                .put("correlationId", request.correlationId())
                .put("traceparent", request.traceparent());
        if (deadline != null) {
            head.put("deadline", deadline.plusNanos(999_999).toEpochMilli());
        }
        // Requests of one key begin with the same replica, others with any.
        List<LocalLink> links =
                peers.connect(service, key == null ? UUID.randomUUID().toString() : key);
        ObjectNode question = head.deepCopy().put("op", "ask");
        Map<Integer, List<LocalLink>> roles = new TreeMap<>(
                links.stream().collect(Collectors.groupingBy(link -> peers.ask(link, question, new byte[0]))));
        roles.keySet().removeAll(List.of(-1, LocalActions.Role.NONE.ordinal()));
        List<LocalLink> chosen = roles.entrySet().stream()
                .limit(1)
                .flatMap(best -> best.getValue().stream().limit(best.getKey() == 0 ? links.size() : 1))
                .toList();
        links.stream().filter(link -> !chosen.contains(link)).forEach(LocalLink::close);
        CompletableFuture.allOf(chosen.stream()
                        .map(link -> CompletableFuture.runAsync(
                                () -> follow(link, head, request, reply), context.executor()))
                        .toArray(CompletableFuture<?>[]::new))
                .whenComplete((all, error) -> reply.completeExceptionally(
                        chosen.isEmpty()
                                ? new NoResponderException(service, request.action())
                                : new MessagingException(
                                        MessagingException.Reason.UNREACHABLE,
                                        "the replica went without a reply",
                                        null)));
    }

    private void follow(LocalLink link, JsonNode head, ActionRequest request, CompletableFuture<Reply> reply) {
        // An end tells the replica that nobody waits.
        reply.whenComplete((value, error) -> {
            if (error != null) {
                link.close();
            }
        });
        try (link) {
            link.send(head, context.json().write(request.payload()));
            for (LocalLink.Frame frame = link.receive(); frame != null; frame = link.receive()) {
                JsonNode value = context.json().read(frame.body());
                int status = frame.number();
                if (status > 0) {
                    reply.complete(new Reply(status, value));
                } else if (!reply.isDone()) {
                    request.progress().accept(value);
                }
            }
        } catch (IOException | RuntimeException e) {
            LOG.debug("a call has ended", e);
        }
    }
}

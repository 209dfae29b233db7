/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.bus;

import dev.cyanotype.internal.redis.link.Failures;
import dev.cyanotype.message.MessagingException;
import dev.cyanotype.message.NoResponderException;
import dev.cyanotype.spi.ActionRequest;
import dev.cyanotype.spi.MessageJson;
import dev.cyanotype.spi.Reply;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Calls other services, with one inbox for all replies. Thread-safe. */
final class Calls {

    private static final Logger LOG = LoggerFactory.getLogger("dev.cyanotype.redis");

    private final String inbox = "caller:" + UUID.randomUUID();
    private final RequestIds ids = new RequestIds();
    private final Map<String, Call> waiting = new ConcurrentHashMap<>();
    private final Publisher publisher;
    private final MessageJson json;

    /** For how long a service that was there is taken to be there, where it takes a question to all nodes to know. */
    private static final long KNOWN = TimeUnit.SECONDS.toNanos(1);

    /** Whether nobody having heard a request means that there is nobody. */
    private final boolean countsAll;

    /** When services were seen, by {@link System#nanoTime()}. */
    private final Map<String, Long> found = new ConcurrentHashMap<>();

    final LongAdder strayReplies = new LongAdder();

    private record Call(ActionRequest request, CompletableFuture<Reply> reply) {}

    Calls(Publisher publisher, MessageJson json, boolean countsAll) {
        this.publisher = publisher;
        this.json = json;
        this.countsAll = countsAll;
    }

    /** The channel that replies come on. */
    String inbox() {
        return inbox;
    }

    CompletableFuture<Reply> send(String service, ActionRequest request) {
        String id = ids.next();
        Call call = new Call(request, new CompletableFuture<>());
        byte[] message = json.write(Envelope.request(json, service, request, id, inbox));
        waiting.put(id, call);
        call.reply.whenComplete((reply, error) -> {
            if (error != null && waiting.remove(id) != null && isGivenUp(error)) {
                cancel(service, id);
            }
        });
        if (countsAll || isKnown(service)) {
            publish(service, message, call);
        } else {
            find(service, message, call);
        }
        return call.reply;
    }

    private void publish(String service, byte[] message, Call call) {
        String action = call.request.action();
        publisher.publish(service, message, (count, error) -> {
            if (error != null) {
                call.reply.completeExceptionally(Failures.of("call of '" + action + "' at '" + service + "'", error));
            } else if (countsAll && count instanceof Long heard && heard == 0) {
                call.reply.completeExceptionally(new NoResponderException(service, action));
            }
        });
    }

    private boolean isKnown(String service) {
        Long last = found.get(service);
        return last != null && System.nanoTime() - last < KNOWN;
    }

    /** Looks for the service before anything is sent, so that nobody runs what seems to have reached nobody. */
    private void find(String service, byte[] message, Call call) {
        publisher.count(service, (count, error) -> {
            if (error == null && Long.valueOf(0).equals(count)) {
                found.remove(service);
                call.reply.completeExceptionally(new NoResponderException(service, call.request.action()));
                return;
            }
            if (error == null) {
                found.put(service, System.nanoTime());
            }
            if (!call.reply.isDone()) {
                publish(service, message, call);
            }
        });
    }

    private static boolean isGivenUp(Throwable error) {
        return error instanceof CancellationException || error instanceof TimeoutException;
    }

    private void cancel(String service, String id) {
        publisher.publish(service, json.write(Envelope.cancellation(service, id)), (count, error) -> {});
    }

    /** Takes a reply; runs on the thread that reads. */
    void take(byte[] message) {
        JsonNode document;
        try {
            document = json.read(message);
        } catch (RuntimeException e) {
            LOG.warn("a reply of {} bytes is no JSON: {}", message.length, e.getMessage());
            return;
        }
        Call call = document instanceof ObjectNode reply ? call(reply) : null;
        if (call == null) {
            // Late, repeated, or forged.
            strayReplies.increment();
        } else if (Envelope.isLast((ObjectNode) document)) {
            call.reply.complete(Envelope.result((ObjectNode) document));
        } else {
            call.request.progress().accept(Envelope.payload((ObjectNode) document));
        }
    }

    private @Nullable Call call(ObjectNode reply) {
        JsonNode id = reply.path("request_id");
        if (!id.isString()) {
            return null;
        }
        return Envelope.isLast(reply) ? waiting.remove(id.stringValue()) : waiting.get(id.stringValue());
    }

    /** Waits for the replies that are still to come. */
    void drain(long deadline) throws InterruptedException {
        CompletableFuture<?>[] replies =
                waiting.values().stream().map(Call::reply).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(replies).get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // Whoever called knows of the first, and learns of the second when the bus is closed.
        }
    }

    /** Ends all calls, because nobody hears replies any more. */
    void close() {
        MessagingException closed =
                new MessagingException(MessagingException.Reason.UNREACHABLE, "the app has stopped", null);
        waiting.values().forEach(call -> call.reply.completeExceptionally(closed));
    }
}

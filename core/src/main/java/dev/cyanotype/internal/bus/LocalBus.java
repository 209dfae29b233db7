/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.bus;

import static java.util.Objects.requireNonNull;

import dev.cyanotype.internal.concurrent.InFlight;
import dev.cyanotype.message.MessagingException;
import dev.cyanotype.message.NoResponderException;
import dev.cyanotype.spi.ActionRequest;
import dev.cyanotype.spi.ListenerLane;
import dev.cyanotype.spi.MessageBus;
import dev.cyanotype.spi.MountedListener;
import dev.cyanotype.spi.MountedOperation;
import dev.cyanotype.spi.OperationKind;
import dev.cyanotype.spi.Reply;
import dev.cyanotype.spi.Subscription;
import dev.cyanotype.spi.TransportContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The bus of an app that has no broker: its own actions, listeners and streams, in this process. */
public final class LocalBus implements MessageBus {

    private final TransportContext context;
    private final boolean hasActions;
    private final Map<String, List<ListenerLane>> lanes = new LinkedHashMap<>();
    private final LocalSubscriptions subscriptions = new LocalSubscriptions();
    private final LocalStreams streams;
    private final RecentReplies replies = new RecentReplies();

    private final InFlight work = new InFlight();

    /** How much was ever asked of this bus. */
    private final AtomicLong sent = new AtomicLong();

    private volatile boolean closed;

    public LocalBus(TransportContext context) {
        this.context = context;
        this.hasActions = !context.operations(OperationKind.ACTION).isEmpty();
        this.streams = new LocalStreams(context);
        for (MountedOperation listener : context.operations(OperationKind.LISTENER)) {
            lanes.computeIfAbsent(listener.address(), channel -> new ArrayList<>())
                    .add(new ListenerLane(context, (MountedListener) listener));
        }
    }

    @Override
    public void start() {}

    @Override
    public long publish(String channel, JsonNode message) {
        checkOpen();
        sent.incrementAndGet();
        // Before the lanes, of which one may make the publisher wait.
        long taken = subscriptions.publish(channel, message);
        MessagingException full = null;
        for (ListenerLane lane : lanes.getOrDefault(channel, List.of())) {
            // Each listener gets a tree of its own: what one changes, the others do not see.
            JsonNode copy = message.deepCopy();
            try {
                if (lane.offer(() -> copy)) {
                    taken++;
                }
            } catch (MessagingException e) {
                full = e;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new MessagingException(
                        MessagingException.Reason.OTHER,
                        "broadcast on '" + channel + "': interrupted while it waited for a listener",
                        e);
            }
        }
        if (full != null) {
            throw full;
        }
        return taken;
    }

    @Override
    public Subscription subscribe(String channel, Consumer<JsonNode> listener) {
        requireNonNull(channel, "channel");
        requireNonNull(listener, "listener");
        return subscriptions.add(context.app(), channel, listener);
    }

    @Override
    public boolean isShared() {
        return false;
    }

    @Override
    public String append(String stream, @Nullable String key, JsonNode entry) {
        checkOpen();
        sent.incrementAndGet();
        return streams.append(stream, key, entry.deepCopy());
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("app '" + context.app() + "' is stopped, so it can't send messages");
        }
    }

    @Override
    public CompletableFuture<Reply> request(String service, ActionRequest request) {
        if (closed || !hasActions || !service.equals(context.app())) {
            return CompletableFuture.failedFuture(new NoResponderException(service, request.action()));
        }
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        ActionRequest cancellable = ActionRequest.builder(request.action(), request.payload())
                .correlationId(request.correlationId())
                .deadline(request.deadline())
                .clock(context.clock())
                .traceparent(request.traceparent())
                .progress(request.progress())
                .cancelled(reply::isDone)
                .build();
        sent.incrementAndGet();
        work.begin();
        try {
            context.executor().execute(() -> run(request.idempotencyKey(), cancellable, reply));
        } catch (RuntimeException | Error e) {
            work.end();
            reply.completeExceptionally(e);
        }
        return reply;
    }

    private void run(@Nullable String key, ActionRequest request, CompletableFuture<Reply> reply) {
        if (request.isCancelled()) {
            // Nobody waits any more.
            work.end();
            return;
        }
        CompletableFuture<Reply> result = key == null
                ? act(request)
                : replies.get(new RecentReplies.Key(request.action(), key), context.json(), () -> act(request));
        result.whenComplete((value, error) -> {
            if (error == null) {
                reply.complete(value);
            } else {
                reply.completeExceptionally(error);
            }
            work.end();
        });
    }

    private CompletableFuture<Reply> act(ActionRequest request) {
        try {
            return context.dispatcher().action(request);
        } catch (Throwable e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public void drain(Duration budget) throws InterruptedException {
        long deadline = InFlight.deadline(budget);
        long before;
        do {
            before = sent.get();
            // What ends meanwhile may set off something else, behind the back of who looks.
        } while (awaitQuiet(deadline) && sent.get() != before);
    }

    private boolean awaitQuiet(long deadline) throws InterruptedException {
        boolean quiet = work.awaitNone(InFlight.left(deadline));
        for (List<ListenerLane> channel : lanes.values()) {
            for (ListenerLane lane : channel) {
                quiet &= lane.awaitEmpty(InFlight.left(deadline));
            }
        }
        return streams.awaitEmpty(deadline) && quiet;
    }

    @Override
    public Map<String, Long> counters() {
        Map<String, Long> counters = new HashMap<>();
        lanes.forEach((channel, all) -> counters.put(
                "listener." + channel + ".dropped",
                all.stream().mapToLong(ListenerLane::dropped).sum()));
        return counters;
    }

    @Override
    public void close() {
        closed = true;
        subscriptions.close();
        lanes.values().forEach(channel -> channel.forEach(ListenerLane::close));
        streams.close();
    }
}

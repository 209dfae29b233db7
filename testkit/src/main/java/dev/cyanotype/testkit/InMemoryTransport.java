/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

import dev.cyanotype.message.NoResponderException;
import dev.cyanotype.spi.ActionRequest;
import dev.cyanotype.spi.HttpRequest;
import dev.cyanotype.spi.MessageBus;
import dev.cyanotype.spi.MountedOperation;
import dev.cyanotype.spi.OperationKind;
import dev.cyanotype.spi.RenderedResponse;
import dev.cyanotype.spi.Reply;
import dev.cyanotype.spi.Subscription;
import dev.cyanotype.spi.Transport;
import dev.cyanotype.spi.TransportContext;
import dev.cyanotype.spi.TransportProvider;
import dev.cyanotype.spi.Upgrade;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Carries everything within the calling thread. */
final class InMemoryTransport implements TransportProvider, MessageBus {

    /** What each thread that publishes has still to deliver: it does so itself, before its call returns. */
    private final Map<Thread, Queue<Runnable>> delivering = new ConcurrentHashMap<>();

    /** A listener hears one message at a time, whoever publishes. */
    private final Map<MountedOperation, Lock> listening = new ConcurrentHashMap<>();

    private final List<InMemorySubscription> subscriptions = new CopyOnWriteArrayList<>();

    private final InMemoryStreams streams = new InMemoryStreams(this::inTurn);

    private @Nullable TransportContext context;
    private volatile boolean closed;

    @Override
    public String id() {
        return "memory";
    }

    @Override
    public Set<OperationKind> carries() {
        return EnumSet.complementOf(EnumSet.of(OperationKind.TASK, OperationKind.THREAD));
    }

    @Override
    public Set<String> settings() {
        return Set.of("*");
    }

    @Override
    public Transport create(TransportContext newContext) {
        context = newContext;
        return this;
    }

    @Override
    public void start() {}

    @Override
    public void drain(Duration budget) {}

    @Override
    public void close() {
        closed = true;
        streams.close();
        subscriptions.forEach(InMemorySubscription::close);
    }

    Upgrade upgrade(HttpRequest request) {
        return context().dispatcher().upgrade(request, false).join();
    }

    CompletableFuture<RenderedResponse> http(HttpRequest request) {
        return context().dispatcher().http(request);
    }

    TestReply call(String action, JsonNode payload) {
        List<JsonNode> progress = new ArrayList<>();
        Reply reply = context()
                .dispatcher()
                .action(ActionRequest.builder(action, payload)
                        .clock(context().clock())
                        .progress(progress::add)
                        .build())
                .join();
        return new TestReply(reply, progress);
    }

    @Override
    public long publish(String channel, JsonNode message) {
        return deliver(channel, message);
    }

    long deliver(String channel, JsonNode message) {
        List<MountedOperation> listeners = context().operations(OperationKind.LISTENER).stream()
                .filter(listener -> listener.address().equals(channel))
                .toList();
        List<InMemorySubscription> subscribed = subscriptions.stream()
                .filter(subscription -> subscription.channel().equals(channel))
                .toList();
        List<Runnable> deliveries = new ArrayList<>();
        JsonNode shared = message.deepCopy();
        subscribed.forEach(subscription -> deliveries.add(() -> subscription.hear(shared)));
        listeners.forEach(listener -> {
            JsonNode copy = message.deepCopy();
            deliveries.add(() -> hear(listener, copy));
        });
        inTurn(deliveries);
        return deliveries.size();
    }

    @Override
    public Subscription subscribe(String channel, Consumer<JsonNode> listener) {
        if (closed) {
            throw new IllegalStateException("app '" + context().app() + "' is stopped, so it can't hear channels");
        }
        InMemorySubscription added = new InMemorySubscription(
                Objects.requireNonNull(channel, "channel"),
                Objects.requireNonNull(listener, "listener"),
                subscriptions::remove);
        subscriptions.add(added);
        return added;
    }

    @Override
    public boolean isShared() {
        return false;
    }

    @Override
    public String append(String stream, @Nullable String key, JsonNode entry) {
        return streams.append(context(), stream, key, entry);
    }

    List<TestMessage> appended() {
        return streams.appended();
    }

    /**
     * Runs deliveries before this returns; but what is sent by one of them is delivered after it has ended, as with a
     * broker.
     */
    private void inTurn(List<Runnable> deliveries) {
        Queue<Runnable> own = new ArrayDeque<>();
        Queue<Runnable> outer = delivering.putIfAbsent(Thread.currentThread(), own);
        (outer == null ? own : outer).addAll(deliveries);
        if (outer == null) {
            try {
                for (Runnable next = own.poll(); next != null; next = own.poll()) {
                    next.run();
                }
            } finally {
                delivering.remove(Thread.currentThread());
            }
        }
    }

    private void hear(MountedOperation listener, JsonNode message) {
        Lock lock = listening.computeIfAbsent(listener, l -> new ReentrantLock());
        lock.lock();
        try {
            context().dispatcher().message(listener, message).join();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public CompletableFuture<Reply> request(String service, ActionRequest request) {
        TransportContext current = context();
        if (!service.equals(current.app())
                || current.operations(OperationKind.ACTION).isEmpty()) {
            return CompletableFuture.failedFuture(new NoResponderException(service, request.action()));
        }
        return current.dispatcher().action(request);
    }

    private TransportContext context() {
        return Objects.requireNonNull(context, "the app is not started");
    }
}

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
import dev.cyanotype.spi.Transport;
import dev.cyanotype.spi.TransportContext;
import dev.cyanotype.spi.TransportProvider;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Carries everything within the calling thread. */
final class InMemoryTransport implements TransportProvider, MessageBus {

    private final List<TestMessage> broadcasts = new ArrayList<>();
    private final Queue<Runnable> deliveries = new ArrayDeque<>();

    /** Held by the thread that delivers, so that a listener hears one message at a time. */
    private final ReentrantLock delivering = new ReentrantLock();

    private @Nullable TransportContext context;

    @Override
    public String id() {
        return "memory";
    }

    @Override
    public Set<OperationKind> carries() {
        return EnumSet.allOf(OperationKind.class);
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
    public void close() {}

    CompletableFuture<RenderedResponse> http(HttpRequest request) {
        return context().dispatcher().http(request);
    }

    TestReply call(String action, JsonNode payload) {
        List<JsonNode> progress = new ArrayList<>();
        Reply reply = context()
                .dispatcher()
                .action(ActionRequest.of(action, payload).progress(progress::add))
                .join();
        return new TestReply(reply, progress);
    }

    void runTask(String name) {
        List<MountedOperation> named = context().operations(OperationKind.TASK).stream()
                .filter(task -> task.address().equals(name) || name.equals(task.name()))
                .toList();
        if (named.size() != 1) {
            throw new IllegalArgumentException("task '" + name + "' is " + (named.isEmpty() ? "unknown" : "ambiguous")
                    + " (expected: one of "
                    + context().operations(OperationKind.TASK).stream()
                            .map(MountedOperation::name)
                            .toList()
                    + ")");
        }
        context().dispatcher().task(named.get(0)).join();
    }

    @Override
    public long publish(String channel, JsonNode message) {
        synchronized (broadcasts) {
            broadcasts.add(new TestMessage(channel, message.deepCopy()));
        }
        return deliver(channel, message);
    }

    List<TestMessage> broadcasts() {
        synchronized (broadcasts) {
            return List.copyOf(broadcasts);
        }
    }

    long deliver(String channel, JsonNode message) {
        List<MountedOperation> listeners = context().operations(OperationKind.LISTENER).stream()
                .filter(listener -> listener.address().equals(channel))
                .toList();
        // What a listener publishes is heard after it has ended, as with a broker.
        boolean nested = delivering.isHeldByCurrentThread();
        delivering.lock();
        try {
            for (MountedOperation listener : listeners) {
                JsonNode own = message.deepCopy();
                deliveries.add(
                        () -> context().dispatcher().message(listener, own).join());
            }
            for (Runnable next = next(nested); next != null; next = next(nested)) {
                next.run();
            }
        } finally {
            delivering.unlock();
        }
        return listeners.size();
    }

    private @Nullable Runnable next(boolean nested) {
        return nested ? null : deliveries.poll();
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

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

import dev.cyanotype.internal.testkit.broker.Broker;
import dev.cyanotype.internal.testkit.broker.Connection;
import dev.cyanotype.spi.ActionRequest;
import dev.cyanotype.spi.HttpRequest;
import dev.cyanotype.spi.MessageBus;
import dev.cyanotype.spi.OperationKind;
import dev.cyanotype.spi.RenderedResponse;
import dev.cyanotype.spi.Reply;
import dev.cyanotype.spi.Subscription;
import dev.cyanotype.spi.Transport;
import dev.cyanotype.spi.TransportContext;
import dev.cyanotype.spi.TransportProvider;
import dev.cyanotype.spi.Upgrade;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Carries everything of one app in memory: requests within the calling thread, messages by a broker. */
final class InMemoryTransport implements TransportProvider, MessageBus {

    private final List<TestMessage> appended = new ArrayList<>();
    private @Nullable Broker broker;
    private @Nullable Connection connection;

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
    public Transport create(TransportContext context) {
        broker = Broker.alone(context.clock());
        connection = new Connection(broker, context.app(), context, this::record);
        return this;
    }

    @Override
    public void start() {
        connection().start();
    }

    @Override
    public void quiesce() {
        connection().quiesce();
    }

    @Override
    public void drain(Duration budget) throws InterruptedException {
        connection().drain(budget);
    }

    @Override
    public void close() {
        connection().close();
    }

    @Override
    public Health health() {
        return connection().health();
    }

    @Override
    public Map<String, Long> counters() {
        return connection().counters();
    }

    @Override
    public <T> Optional<T> as(Class<T> type) {
        return connection().as(type);
    }

    Upgrade upgrade(HttpRequest request) {
        return connection().context().dispatcher().upgrade(request, false).join();
    }

    CompletableFuture<RenderedResponse> http(HttpRequest request) {
        return connection().context().dispatcher().http(request);
    }

    TestReply call(String action, JsonNode payload) {
        List<JsonNode> progress = new ArrayList<>();
        TransportContext context = connection().context();
        Reply reply = context.dispatcher()
                .action(ActionRequest.builder(action, payload)
                        .clock(context.clock())
                        .progress(progress::add)
                        .build())
                .join();
        return new TestReply(reply, progress);
    }

    /** Publishes a message of another service; how many listeners have heard it. */
    long deliver(String channel, JsonNode message) {
        return broker().publish(null, channel, message);
    }

    @Override
    public long publish(String channel, JsonNode message) {
        return connection().publish(channel, message);
    }

    @Override
    public Subscription subscribe(String channel, Consumer<JsonNode> listener) {
        return connection().subscribe(channel, listener);
    }

    @Override
    public boolean isShared() {
        return connection().isShared();
    }

    @Override
    public String append(String stream, @Nullable String key, JsonNode entry) {
        record(stream, entry);
        return connection().append(stream, key, entry);
    }

    @Override
    public CompletableFuture<Reply> request(String service, ActionRequest request) {
        return connection().request(service, request);
    }

    private void record(String stream, JsonNode entry) {
        synchronized (appended) {
            appended.add(new TestMessage(stream, entry.deepCopy()));
        }
    }

    List<TestMessage> appended() {
        synchronized (appended) {
            return List.copyOf(appended);
        }
    }

    private Broker broker() {
        return Objects.requireNonNull(broker, "the app is not started");
    }

    private Connection connection() {
        return Objects.requireNonNull(connection, "the app is not started");
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

import dev.cyanotype.spi.ActionRequest;
import dev.cyanotype.spi.MessageBus;
import dev.cyanotype.spi.Reply;
import dev.cyanotype.spi.Subscription;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A bus of which is recorded what the app sends. */
final class RecordedBus implements MessageBus {

    private final MessageBus bus;
    private final Recorder recorder;

    RecordedBus(MessageBus bus, Recorder recorder) {
        this.bus = bus;
        this.recorder = recorder;
    }

    @Override
    public long publish(String channel, JsonNode message) {
        recorder.broadcast(channel, message);
        return bus.publish(channel, message);
    }

    @Override
    public String append(String stream, @Nullable String key, JsonNode entry) {
        recorder.add(TestEvent.Kind.APPEND, stream, (key == null ? "" : "once as '" + key + "' ") + entry);
        return bus.append(stream, key, entry);
    }

    @Override
    public CompletableFuture<Reply> request(String service, ActionRequest request) {
        return bus.request(service, request);
    }

    @Override
    public Subscription subscribe(String channel, Consumer<JsonNode> listener) {
        return bus.subscribe(channel, listener);
    }

    @Override
    public boolean isShared() {
        return bus.isShared();
    }

    @Override
    public void start() throws Exception {
        bus.start();
    }

    @Override
    public Optional<URI> address() {
        return bus.address();
    }

    @Override
    public void quiesce() {
        bus.quiesce();
    }

    @Override
    public void drain(Duration budget) throws InterruptedException {
        bus.drain(budget);
    }

    @Override
    public void close() {
        bus.close();
    }

    @Override
    public Health health() {
        return bus.health();
    }

    @Override
    public Map<String, Long> counters() {
        return bus.counters();
    }

    @Override
    public <T> Optional<T> as(Class<T> type) {
        return bus.as(type);
    }
}

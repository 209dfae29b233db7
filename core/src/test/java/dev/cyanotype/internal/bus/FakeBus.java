/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.bus;

import dev.cyanotype.spi.ActionRequest;
import dev.cyanotype.spi.MessageBus;
import dev.cyanotype.spi.Reply;
import dev.cyanotype.spi.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A bus on which the test answers. */
final class FakeBus implements MessageBus {

    final List<ActionRequest> requests = new CopyOnWriteArrayList<>();
    final List<CompletableFuture<Reply>> replies = new CopyOnWriteArrayList<>();

    /** What a request gets. */
    volatile Supplier<CompletableFuture<Reply>> answer = CompletableFuture::new;

    ActionRequest request() {
        return requests.get(requests.size() - 1);
    }

    CompletableFuture<Reply> reply() {
        return replies.get(replies.size() - 1);
    }

    @Override
    public CompletableFuture<Reply> request(String service, ActionRequest request) {
        requests.add(request);
        CompletableFuture<Reply> reply = answer.get();
        replies.add(reply);
        return reply;
    }

    @Override
    public long publish(String channel, JsonNode message) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Subscription subscribe(String channel, Consumer<JsonNode> listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isShared() {
        return false;
    }

    @Override
    public String append(String stream, @Nullable String key, JsonNode entry) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void start() {}

    @Override
    public void drain(Duration budget) {}

    @Override
    public void close() {}
}

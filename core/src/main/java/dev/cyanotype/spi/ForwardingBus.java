/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.spi;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A bus that is another one in all that a subclass does not override.
 *
 * <p>For whoever wraps transports with {@code App.Builder.decorate} and wants to see or change what the app sends: return one from
 * {@link ForwardingProvider#create} where what was made there is a {@link MessageBus}. What the other bus offers by
 * {@link #as} is offered as it is, so what goes through that passes by the subclass unless it overrides {@link #as}, too. What is
 * added to {@link MessageBus} later is forwarded. As thread-safe as the other bus.
 *
 * @since 0.1
 */
public abstract class ForwardingBus implements MessageBus {

    private final MessageBus delegate;

    /**
     * Asks the other bus for nothing yet.
     *
     * @param delegate the other bus
     */
    protected ForwardingBus(MessageBus delegate) {
        this.delegate = Objects.requireNonNull(delegate, "delegate");
    }

    /**
     * The other bus.
     *
     * @return what this was made with
     */
    protected final MessageBus delegate() {
        return delegate;
    }

    @Override
    public long publish(String channel, JsonNode message) {
        return delegate.publish(channel, message);
    }

    @Override
    public String append(String stream, @Nullable String key, JsonNode entry) {
        return delegate.append(stream, key, entry);
    }

    @Override
    public CompletableFuture<Reply> request(String service, ActionRequest request) {
        return delegate.request(service, request);
    }

    @Override
    public Subscription subscribe(String channel, Consumer<JsonNode> listener) {
        return delegate.subscribe(channel, listener);
    }

    @Override
    public boolean isShared() {
        return delegate.isShared();
    }

    @Override
    public void start() throws Exception {
        delegate.start();
    }

    @Override
    public Optional<URI> address() {
        return delegate.address();
    }

    @Override
    public void quiesce() {
        delegate.quiesce();
    }

    @Override
    public void drain(Duration budget) throws InterruptedException {
        delegate.drain(budget);
    }

    @Override
    public void close() {
        delegate.close();
    }

    @Override
    public Health health() {
        return delegate.health();
    }

    @Override
    public Map<String, Long> counters() {
        return delegate.counters();
    }

    @Override
    public <T> Optional<T> as(Class<T> type) {
        return delegate.as(type);
    }

    /** What the other bus says. */
    @Override
    public String toString() {
        return delegate.toString();
    }
}

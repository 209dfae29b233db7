/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.dispatch;

import dev.cyanotype.internal.assembly.Operation;
import dev.cyanotype.message.ActionContext;
import dev.cyanotype.spi.ActionRequest;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A request for an action. */
final class ActionExchange extends OperationExchange implements ActionContext {

    private final ActionRequest request;

    ActionExchange(AppRuntime runtime, Operation.Action operation, ActionRequest request) {
        super(runtime, operation);
        this.request = request;
    }

    @Override
    Carrier carrier() {
        return Carrier.ACTION;
    }

    @Override
    @Nullable
    String givenCorrelationId() {
        return request.correlationId();
    }

    @Override
    public String action() {
        return request.action();
    }

    @Override
    public JsonNode payload() {
        return request.payload();
    }

    @Override
    public <T> T payload(Class<T> type) {
        return runtime().json().decode(request.payload(), type, "the payload");
    }

    @Override
    public JsonNode message() {
        return request.message();
    }

    @Override
    public Optional<Instant> deadline() {
        return Optional.ofNullable(request.deadline());
    }

    @Override
    public boolean isCancelled() {
        return request.isCancelled();
    }

    @Override
    @Nullable
    Instant waitsUntil() {
        return request.deadline();
    }

    @Override
    @Nullable
    String traceparent() {
        return request.traceparent();
    }

    @Override
    public void progress(Object value) {
        request.progress().accept(runtime().json().tree(Objects.requireNonNull(value, "value")));
    }
}

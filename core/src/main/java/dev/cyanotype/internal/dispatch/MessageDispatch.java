/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.dispatch;

import dev.cyanotype.exchange.Interceptor;
import dev.cyanotype.exchange.Problem;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.internal.assembly.Assembly;
import dev.cyanotype.internal.assembly.Chain;
import dev.cyanotype.internal.assembly.ErrorScope;
import dev.cyanotype.internal.assembly.Operation;
import dev.cyanotype.internal.assembly.TaskOperation;
import dev.cyanotype.spi.ActionRequest;
import dev.cyanotype.spi.Reply;
import dev.cyanotype.spi.StreamEntry;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Runs actions, listeners and tasks. */
final class MessageDispatch {

    private static final Interceptor[] NONE = {};

    private final AppRuntime runtime;
    private final Assembly assembly;

    MessageDispatch(AppRuntime runtime) {
        this.runtime = runtime;
        this.assembly = runtime.assembly();
    }

    CompletableFuture<Reply> action(ActionRequest request) {
        Operation.Action action = assembly.action(request.action());
        if (action == null) {
            String text = "Unknown action '" + request.action() + "'";
            return CompletableFuture.completedFuture(
                    new Reply(404, runtime.json().tree(Map.of("error", text))));
        }
        ActionExchange exchange = new ActionExchange(runtime, action, request);
        return run(exchange, action.chain(), () -> action.spec().handler().handle(exchange))
                .thenApply(response -> reply(exchange, response));
    }

    CompletableFuture<Void> message(Operation.Listener listener, JsonNode message) {
        MessageExchange exchange = new MessageExchange(runtime, listener, message);
        return run(exchange, listener.chain(), () -> {
                    Object decoded =
                            runtime.json().decode(message, listener.spec().type(), "the message");
                    listener.spec().listener().hear(decoded, exchange);
                    return null;
                })
                .thenApply(response -> null);
    }

    CompletableFuture<Reply> entry(Operation.Consumer consumer, StreamEntry entry) {
        StreamExchange exchange = new StreamExchange(runtime, consumer, entry);
        return run(exchange, consumer.chain(), () -> {
                    Object decoded =
                            runtime.json().decode(entry.value(), consumer.spec().type(), "the entry");
                    consumer.spec().consumer().consume(decoded, exchange);
                    return null;
                })
                .thenApply(response -> reply(exchange, response));
    }

    CompletableFuture<@Nullable Throwable> task(TaskOperation task, TaskControl control) {
        TaskExchange exchange = new TaskExchange(runtime, task, control);
        AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
        return run(exchange, task.chain(), () -> {
                    try {
                        task.spec().task().run(exchange);
                        return null;
                    } catch (Throwable e) {
                        // A failure counts also where an error handler sees to it.
                        thrown.set(e);
                        throw e;
                    }
                })
                .thenApply(response -> thrown.get() == null ? exchange.unhandled() : thrown.get());
    }

    CompletableFuture<Response> run(BaseExchange exchange, Chain chain, Interceptor.Next handler) {
        return run(exchange, chain.interceptors(), chain.errors(), handler);
    }

    /** Runs a hook, which has error handlers but no interceptors around it. */
    CompletableFuture<Response> runHook(BaseExchange exchange, ErrorScope[] errors, Interceptor.Next hook) {
        return run(exchange, NONE, errors, hook);
    }

    /**
     * Runs a handler with what stands around it.
     *
     * @param errors the error scopes, the nearest first
     */
    CompletableFuture<Response> run(
            BaseExchange exchange, Interceptor[] interceptors, ErrorScope[] errors, Interceptor.Next handler) {
        try (Correlation.Scope scope = Correlation.open(exchange)) {
            Object result = Results.intercepted(interceptors, exchange, handler);
            if (result instanceof CompletionStage<?> stage) {
                return later(exchange, errors, stage);
            }
            return CompletableFuture.completedFuture(Results.response(result));
        } catch (Throwable e) {
            return CompletableFuture.completedFuture(failed(exchange, errors, e));
        }
    }

    private CompletableFuture<Response> later(BaseExchange exchange, ErrorScope[] errors, CompletionStage<?> stage) {
        CompletableFuture<Response> future = new CompletableFuture<>();
        stage.whenComplete((result, error) -> {
            try {
                future.complete(error == null ? Results.response(result) : failed(exchange, errors, error));
            } catch (Throwable e) {
                future.complete(failed(exchange, errors, e));
            }
        });
        return future;
    }

    private static Response failed(BaseExchange exchange, ErrorScope[] errors, Throwable error) {
        try (Correlation.Scope scope = Correlation.open(exchange)) {
            return exchange.endsBy(Failures.unwrap(error))
                    ? Response.empty()
                    : Failures.answer(exchange, errors, error);
        }
    }

    /** The answer as a reply: an error is an object with a text, which callers of other languages expect. */
    Reply reply(BaseExchange exchange, Response response) {
        try {
            if (response.body() instanceof Problem problem) {
                return new Reply(response.status(), error(exchange, problem));
            }
            JsonNode payload = switch (response.kind()) {
                case JSON, TEXT -> runtime.json().tree(response.body());
                case EMPTY -> runtime.json().tree(Map.of());
                default ->
                    throw new IllegalStateException(
                            exchange + ": a " + response.kind() + " body can't be a reply (expected: JSON or text)");
            };
            if (response.status() >= 400 && !payload.path("error").isString()) {
                String text = payload.isString() ? payload.stringValue() : "Error " + response.status();
                payload =
                        JsonNodeFactory.instance.objectNode().put("error", text).set("details", payload);
            }
            return new Reply(response.status(), payload);
        } catch (Throwable e) {
            Response failure = Failures.byDefault(exchange, e);
            return new Reply(500, error(exchange, (Problem) Objects.requireNonNull(failure.body())));
        }
    }

    private JsonNode error(BaseExchange exchange, Problem problem) {
        @Nullable Object detail = problem.members().get("detail");
        String text = detail == null
                ? problem.members().get("title") + " (correlation id " + exchange.correlationId() + ")"
                : detail.toString();
        return runtime.json().tree(Map.of("error", text));
    }
}

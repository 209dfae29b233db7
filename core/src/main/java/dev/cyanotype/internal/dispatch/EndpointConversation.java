/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.dispatch;

import dev.cyanotype.exchange.ErrorHandler;
import dev.cyanotype.exchange.Interceptor;
import dev.cyanotype.exchange.Problem;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.internal.assembly.ErrorScope;
import dev.cyanotype.internal.assembly.Operation;
import dev.cyanotype.internal.socket.Client;
import dev.cyanotype.internal.socket.Conversation;
import dev.cyanotype.internal.socket.Frames;
import dev.cyanotype.internal.spec.ErrorSpec;
import dev.cyanotype.socket.CloseStatus;
import dev.cyanotype.socket.ConnectHook;
import dev.cyanotype.socket.DisconnectHook;
import dev.cyanotype.socket.SocketEndpoint;
import dev.cyanotype.socket.SocketHandler;
import dev.cyanotype.spi.SocketFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What happens on a websocket with a path of its own. */
final class EndpointConversation implements Conversation {

    private final AppRuntime runtime;
    private final Traffic.Count frames;
    private final MessageDispatch dispatch;
    private final Operation.Http operation;
    private final SocketEndpoint endpoint;
    private final ErrorScope[] errors;

    EndpointConversation(
            AppRuntime runtime, MessageDispatch dispatch, Operation.Http operation, SocketEndpoint endpoint) {
        this.runtime = runtime;
        this.frames = runtime.traffic().frames;
        this.dispatch = dispatch;
        this.operation = operation;
        this.endpoint = endpoint;
        List<ErrorScope> scopes = new ArrayList<>(List.of(operation.chain().errors()));
        ErrorHandler<? super Throwable> onError = endpoint.onError();
        if (onError != null) {
            ErrorSpec all = new ErrorSpec(
                    new ErrorSpec.OfType(Throwable.class),
                    (exchange, error) -> onError.handle(exchange, error),
                    operation.source());
            scopes.add(0, new ErrorScope(List.of(all)));
        }
        this.errors = scopes.toArray(ErrorScope[]::new);
    }

    @Override
    public boolean isEnveloped() {
        return false;
    }

    @Override
    public @Nullable String name() {
        return operation.name();
    }

    @Override
    public CompletableFuture<?> opened(Client client) {
        ConnectHook hook = endpoint.onOpen();
        if (hook == null) {
            return DONE;
        }
        AppSocketExchange exchange = exchange(client);
        return dispatch.runHook(exchange, errors, () -> hook.connected(exchange))
                .thenAccept(response -> answer(exchange, response, true));
    }

    @Override
    public CompletableFuture<?> text(Client client, String message) {
        SocketHandler<String> onText = endpoint.onText();
        SocketHandler<Object> onJson = endpoint.onJson();
        if (onText != null) {
            AppSocketExchange exchange = exchange(client);
            return frames.until(() -> run(exchange, () -> onText.handle(message, exchange)));
        }
        if (onJson != null) {
            AppSocketExchange exchange = exchange(client);
            return frames.until(() -> run(exchange, () -> onJson.handle(decode(message), exchange)));
        }
        client.close(1003, "Text messages are not expected here");
        return DONE;
    }

    private Object decode(String message) {
        Class<?> type = Objects.requireNonNull(endpoint.jsonType(), "jsonType");
        return runtime.json().decode(runtime.json().read(message), type, "the message");
    }

    @Override
    public CompletableFuture<?> binary(Client client, byte[] message) {
        SocketHandler<byte[]> onBinary = endpoint.onBinary();
        if (onBinary == null) {
            client.close(1003, "Binary messages are not expected here");
            return DONE;
        }
        AppSocketExchange exchange = exchange(client);
        return frames.until(() -> run(exchange, () -> onBinary.handle(message, exchange)));
    }

    @Override
    public void limited(Client client, long retryAfterSeconds) {
        Map<String, Object> members = Problem.of(429)
                .detail("Rate limit exceeded")
                .with("retryAfter", retryAfterSeconds)
                .members();
        client.answer(SocketFrame.text(runtime.json().encode(members)));
    }

    @Override
    public CompletableFuture<?> closed(Client client, CloseStatus status) {
        DisconnectHook hook = endpoint.onClose();
        if (hook == null || !client.hasOpened()) {
            return DONE;
        }
        AppSocketExchange exchange = exchange(client);
        return dispatch.runHook(exchange, errors, () -> {
            hook.disconnected(exchange, status);
            return null;
        });
    }

    private AppSocketExchange exchange(Client client) {
        return new AppSocketExchange(runtime, operation.level(), operation.label(), operation.attributes(), client);
    }

    private CompletableFuture<?> run(AppSocketExchange exchange, Interceptor.Next handler) {
        CompletableFuture<Response> result =
                dispatch.run(exchange, operation.chain().interceptors(), errors, handler);
        if (result.isDone()) {
            answer(exchange, result.join(), false);
            return DONE;
        }
        return result.thenAccept(response -> answer(exchange, response, false));
    }

    private void answer(AppSocketExchange exchange, Response response, boolean opening) {
        boolean failed = response.status() >= 400;
        if (response.status() >= 500 && exchange.unhandled() != null) {
            exchange.client().close(1011, "Internal error (correlation id " + exchange.correlationId() + ")");
            return;
        }
        try {
            SocketFrame frame = frame(exchange, response);
            if (frame != null) {
                exchange.client().answer(frame);
            }
        } catch (Throwable e) {
            Failures.report(exchange.toString(), exchange.correlationId(), e);
            exchange.client().close(1011, "Internal error (correlation id " + exchange.correlationId() + ")");
            return;
        }
        if (failed && opening) {
            exchange.client().close(1008, "Refused (correlation id " + exchange.correlationId() + ")");
        }
    }

    private @Nullable SocketFrame frame(AppSocketExchange exchange, Response response) {
        Object body = response.body();
        return switch (response.kind()) {
            case EMPTY -> null;
            case JSON, TEXT, BYTES -> Frames.bare(body, () -> runtime.json().encode(body));
            default ->
                throw new IllegalStateException(exchange + ": a " + response.kind()
                        + " body can't be a message (expected: JSON, text or bytes)");
        };
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.bus;

import dev.cyanotype.internal.json.JsonCodec;
import dev.cyanotype.message.Action;
import dev.cyanotype.message.CallException;
import dev.cyanotype.message.CallTimeoutException;
import dev.cyanotype.message.Caller;
import dev.cyanotype.message.ErrorReplyException;
import dev.cyanotype.spi.ActionRequest;
import dev.cyanotype.spi.MessageBus;
import dev.cyanotype.spi.Reply;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** Calls a service over a bus. */
public final class BusCaller implements Caller {

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);

    private final MessageBus bus;
    private final JsonCodec json;
    private final String service;
    private final Duration timeout;
    private final Consumer<JsonNode> progress;

    private BusCaller(MessageBus bus, JsonCodec json, String service, Duration timeout, Consumer<JsonNode> progress) {
        this.bus = bus;
        this.json = json;
        this.service = service;
        this.timeout = timeout;
        this.progress = progress;
    }

    public static Caller of(MessageBus bus, JsonCodec json, String service) {
        if (service.isEmpty()) {
            throw new IllegalArgumentException("caller: service is empty (expected: a service's name)");
        }
        return new BusCaller(bus, json, service, DEFAULT_TIMEOUT, payload -> {});
    }

    @Override
    public String service() {
        return service;
    }

    @Override
    public Caller timeout(Duration newTimeout) {
        if (newTimeout.isNegative() || newTimeout.isZero()) {
            throw new IllegalArgumentException(
                    "caller of '" + service + "': timeout " + newTimeout + " (expected: more than zero)");
        }
        return new BusCaller(bus, json, service, newTimeout, progress);
    }

    @Override
    public Caller onProgress(Consumer<JsonNode> listener) {
        return new BusCaller(bus, json, service, timeout, Objects.requireNonNull(listener, "listener"));
    }

    @Override
    public <I, O> O call(Action<I, O> action, I input) {
        return await(callAsync(action, input));
    }

    @Override
    public JsonNode call(String action, Object payload) {
        return await(callAsync(action, payload));
    }

    @Override
    public <I, O> CompletableFuture<O> callAsync(Action<I, O> action, I input) {
        return send(action.name(), input, payload -> json.decode(payload, action.output(), "the reply"));
    }

    @Override
    public CompletableFuture<JsonNode> callAsync(String action, Object payload) {
        return send(action, payload, reply -> reply);
    }

    private <O> CompletableFuture<O> send(String action, Object payload, Function<JsonNode, O> decode) {
        ActionRequest request;
        try {
            request = ActionRequest.of(action, json.tree(payload)).progress(progress);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(failed(action, "the payload can't be encoded", e));
        }
        return bus.request(service, request)
                .orTimeout(TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS)
                .handle((reply, error) -> decoded(action, payload(action, reply, error), decode));
    }

    /** A reply of another type is the fault of the other service, and nothing that our own client did. */
    private <O> O decoded(String action, JsonNode payload, Function<JsonNode, O> decode) {
        try {
            return decode.apply(payload);
        } catch (RuntimeException e) {
            throw failed(action, String.valueOf(e.getMessage()), e);
        }
    }

    private CallException failed(String action, String how, Throwable cause) {
        return new CallException("call of '" + action + "' at '" + service + "': " + how, cause);
    }

    private JsonNode payload(String action, Reply reply, Throwable error) {
        if (error != null) {
            Throwable cause =
                    error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
            if (cause instanceof CallException known) {
                throw known;
            }
            throw cause instanceof TimeoutException
                    ? new CallTimeoutException(service, action, timeout)
                    : failed(action, "it failed", cause);
        }
        if (reply.isError()) {
            throw new ErrorReplyException(reply.payload().path("error").asString("Unknown error"), reply.payload());
        }
        return reply.payload();
    }

    private static <T> T await(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof CallException call) {
                // The caller's own stack is worth more than that of the thread that delivered the reply.
                call.setStackTrace(new Throwable().getStackTrace());
                throw call;
            }
            throw new CallException("the call failed", e.getCause());
        }
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.bus;

import dev.cyanotype.message.Action;
import dev.cyanotype.message.CallException;
import dev.cyanotype.message.CallTimeoutException;
import dev.cyanotype.message.Caller;
import dev.cyanotype.message.ErrorReplyException;
import dev.cyanotype.message.MessagingException;
import dev.cyanotype.message.TooManyCallsException;
import dev.cyanotype.spi.ActionRequest;
import dev.cyanotype.spi.AppClock;
import dev.cyanotype.spi.MessageBus;
import dev.cyanotype.spi.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Calls a service over a bus. */
public final class BusCaller implements Caller {

    private static final Logger LOG = LoggerFactory.getLogger("dev.cyanotype.message");
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);

    /** Some centuries: a longer time would lead beyond what a clock can show. */
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    private static final Consumer<JsonNode> NOBODY = payload -> {};

    private final CallPool pool;
    private final Supplier<MessageBus> bus;
    private final String service;
    private final Options options;

    /** How a call is made; the deadline is that of whoever the call is made for. */
    private record Options(
            Duration timeout,
            Consumer<JsonNode> progress,
            @Nullable String idempotencyKey,
            @Nullable Instant deadline,
            @Nullable String traceparent) {

        /** How long a call that starts now may take. */
        Duration left(AppClock clock) {
            if (deadline == null) {
                return timeout;
            }
            Duration left = Duration.between(clock.instant(), deadline);
            return left.compareTo(timeout) < 0 ? left : timeout;
        }
    }

    private BusCaller(CallPool pool, Supplier<MessageBus> bus, String service, Options options) {
        this.pool = pool;
        this.bus = bus;
        this.service = service;
        this.options = options;
    }

    /**
     * A caller with the usual timeout.
     *
     * @param bus gives the bus, or throws an IllegalStateException if the app can't send
     */
    public static Caller of(
            CallPool pool,
            Supplier<MessageBus> bus,
            String service,
            @Nullable Instant deadline,
            @Nullable String traceparent) {
        if (Objects.requireNonNull(service, "service").isEmpty()) {
            throw new IllegalArgumentException("caller: service is empty (expected: a service's name)");
        }
        return new BusCaller(pool, bus, service, new Options(DEFAULT_TIMEOUT, NOBODY, null, deadline, traceparent));
    }

    @Override
    public String service() {
        return service;
    }

    @Override
    public Caller timeout(Duration timeout) {
        if (Objects.requireNonNull(timeout, "timeout").isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException(
                    "caller of '" + service + "': timeout " + timeout + " (expected: more than zero)");
        }
        Duration possible = timeout.compareTo(LONGEST) > 0 ? LONGEST : timeout;
        return with(
                new Options(possible, options.progress, options.idempotencyKey, options.deadline, options.traceparent));
    }

    @Override
    public Caller onProgress(Consumer<JsonNode> listener) {
        Objects.requireNonNull(listener, "listener");
        return with(
                new Options(options.timeout, listener, options.idempotencyKey, options.deadline, options.traceparent));
    }

    @Override
    public Caller idempotencyKey(String key) {
        if (Objects.requireNonNull(key, "key").isEmpty()) {
            throw new IllegalArgumentException("caller of '" + service + "': the idempotency key is empty");
        }
        return with(new Options(options.timeout, options.progress, key, options.deadline, options.traceparent));
    }

    private Caller with(Options changed) {
        return new BusCaller(pool, bus, service, changed);
    }

    @Override
    public <I, O> O call(Action<I, O> action, I input) {
        return await(action.name(), input, decoder(action));
    }

    @Override
    public JsonNode call(String action, Object payload) {
        return await(Objects.requireNonNull(action, "action"), payload, Function.identity());
    }

    @Override
    public <I, O> CompletableFuture<O> callAsync(Action<I, O> action, I input) {
        return later(action.name(), input, decoder(action));
    }

    @Override
    public CompletableFuture<JsonNode> callAsync(String action, Object payload) {
        return later(Objects.requireNonNull(action, "action"), payload, Function.identity());
    }

    private <O> Function<JsonNode, O> decoder(Action<?, O> action) {
        return payload -> pool.json().decode(payload, action.output(), "the reply");
    }

    /** The calling thread waits itself, so that no other one has to be woken. */
    private <O> O await(String action, Object payload, Function<JsonNode, O> decode) {
        Duration left = options.left(pool.clock());
        Lane lane = new Lane();
        CompletableFuture<Reply> reply = send(action, payload, left, lane);
        try {
            Reply result = pool.clock().await(reply, left);
            lane.end().get();
            return decoded(action, result, decode);
        } catch (TimeoutException e) {
            throw new CallTimeoutException(service, action, left);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(action, "the waiting thread was interrupted", e);
        } catch (ExecutionException e) {
            throw thrown(action, left, Objects.requireNonNull(e.getCause()), true);
        } catch (CancellationException e) {
            throw thrown(action, left, e, true);
        } finally {
            lane.cut();
            reply.cancel(false);
        }
    }

    private <O> CompletableFuture<O> later(String action, Object payload, Function<JsonNode, O> decode) {
        Duration left = options.left(pool.clock());
        Lane lane = new Lane();
        CompletableFuture<Reply> reply;
        try {
            reply = send(action, payload, left, lane);
        } catch (CallException | IllegalStateException e) {
            return CompletableFuture.failedFuture(e);
        }
        CompletableFuture<O> result = new CompletableFuture<>();
        limit(reply, left);
        reply.whenComplete((value, error) -> {
            if (error instanceof TimeoutException) {
                // Whoever hears the progress may be what takes so long.
                lane.cut();
                execute(() -> result.completeExceptionally(thrown(action, left, error, false)));
                return;
            }
            lane.end()
                    .whenComplete((heard, never) -> execute(() -> {
                        try {
                            if (error != null) {
                                result.completeExceptionally(thrown(action, left, error, false));
                            } else {
                                result.complete(decoded(action, value, decode));
                            }
                        } catch (Throwable e) {
                            result.completeExceptionally(e);
                        }
                    }));
        });
        // However it ends: cancelled, or given another timeout by its owner.
        result.whenComplete((value, error) -> {
            lane.cut();
            reply.cancel(false);
        });
        return result;
    }

    /** Ends the waiting for a reply when its time is over. */
    private void limit(CompletableFuture<Reply> reply, Duration left) {
        if (reply.isDone()) {
            return;
        }
        CallPool.Awaited awaited = new CallPool.Awaited(reply);
        pool.awaited().add(awaited);
        AppClock.Timeout timeout = pool.clock().schedule(left, () -> awaited.end(new TimeoutException()));
        reply.whenComplete((value, error) -> {
            timeout.cancel();
            pool.awaited().remove(awaited);
        });
    }

    /** Runs what a user hangs on a call, on a thread that may block. */
    private void execute(Runnable task) {
        try {
            pool.executor().execute(task);
        } catch (RuntimeException | Error e) {
            // The app is stopping. Better on the wrong thread than never.
            task.run();
        }
    }

    private CompletableFuture<Reply> send(String action, Object payload, Duration left, Lane lane) {
        MessageBus open = bus.get();
        ActionRequest.Builder request;
        try {
            request = ActionRequest.builder(action, pool.json().tree(payload));
        } catch (RuntimeException e) {
            throw failed(action, "the payload can't be encoded", e);
        }
        if (left.isNegative() || left.isZero()) {
            throw new CallTimeoutException(service, action, Duration.ZERO);
        }
        if (!pool.free().tryAcquire()) {
            throw new TooManyCallsException(service, action, pool.limit());
        }
        CompletableFuture<Reply> reply = null;
        try {
            reply = open.request(
                    service,
                    request.deadline(pool.clock().instant().plus(left))
                            .clock(pool.clock())
                            .idempotencyKey(options.idempotencyKey)
                            .traceparent(options.traceparent)
                            .progress(options.progress == NOBODY ? NOBODY : lane::progress)
                            .build());
        } catch (RuntimeException e) {
            throw failed(action, reason(e, "it could not be sent"), e);
        } finally {
            if (reply == null) {
                pool.free().release();
            }
        }
        reply.whenComplete((value, error) -> pool.free().release());
        return reply;
    }

    /** A reply of another type is the fault of the other service, and nothing that our own client did. */
    private <O> O decoded(String action, Reply reply, Function<JsonNode, O> decode) {
        if (reply.isError()) {
            throw new ErrorReplyException(
                    reply.status(), reply.payload().path("error").asString("Unknown error"), reply.payload());
        }
        try {
            return decode.apply(reply.payload());
        } catch (RuntimeException e) {
            throw failed(action, String.valueOf(e.getMessage()), e);
        }
    }

    private CallException failed(String action, String how, Throwable cause) {
        return new CallException("call of '" + action + "' at '" + service + "': " + how, cause);
    }

    private CallException thrown(String action, Duration left, Throwable error, boolean here) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        if (cause instanceof CallException known) {
            if (here) {
                // The caller's own stack is worth more than that of the thread that delivered the reply.
                known.setStackTrace(new Throwable().getStackTrace());
            }
            return known;
        }
        if (cause instanceof TimeoutException) {
            return new CallTimeoutException(service, action, left);
        }
        return failed(
                action,
                cause instanceof CancellationException ? "it was cancelled" : reason(cause, "it failed"),
                cause);
    }

    /** What a bus says is written for whoever calls. */
    private static String reason(Throwable cause, String otherwise) {
        return cause instanceof MessagingException ? String.valueOf(cause.getMessage()) : otherwise;
    }

    /** Lets progress reach the user in its order and before the result, on threads that may block. */
    private final class Lane {

        private CompletableFuture<Void> heard = CompletableFuture.completedFuture(null);
        private boolean ended;
        private volatile boolean cut;

        synchronized void progress(JsonNode payload) {
            if (ended) {
                return;
            }
            heard = heard.thenRunAsync(() -> hear(payload), pool.executor()).exceptionally(error -> {
                LOG.error("the progress listener of a call at '{}' failed", service, error);
                return null;
            });
        }

        private void hear(JsonNode payload) {
            if (!cut) {
                options.progress.accept(payload);
            }
        }

        /** Takes no more, and forgets what waits. */
        void cut() {
            cut = true;
            end();
        }

        /** Takes no more; done, and never failed, when everything before it is heard. */
        synchronized CompletableFuture<Void> end() {
            ended = true;
            return heard;
        }
    }
}

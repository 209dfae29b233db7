/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.message;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * Calls the actions of one service.
 *
 * <p>Immutable and thread-safe: {@link #timeout} and {@link #onProgress} give changed callers.
 *
 * @since 0.1
 */
public interface Caller {

    /**
     * The service it calls.
     *
     * @return the service's name
     */
    String service();

    /**
     * Changes how long a call may take.
     *
     * @param timeout more than zero; default 5 s
     * @return the changed caller
     * @throws IllegalArgumentException if the time is zero or less
     */
    Caller timeout(Duration timeout);

    /**
     * Hears the replies that are not the last.
     *
     * @param listener called in their order and before the call ends, for one reply of a call at a time
     * @return the changed caller
     */
    Caller onProgress(Consumer<JsonNode> listener);

    /**
     * Lets a call be repeated, for instance after a timeout, without being run twice.
     *
     * @param key what is the same in each attempt, such as a random identifier of what is to be done; not empty
     * @return a caller for these attempts: a service that has answered the first one gives further ones the same reply.
     *     While the first one still runs, others get an {@link ErrorReplyException} with status 409
     * @throws IllegalArgumentException if the key is empty
     */
    Caller idempotencyKey(String key);

    /**
     * Calls an action and waits for its reply.
     *
     * @param <I> the type of the request
     * @param <O> the type of the reply
     * @param action the action
     * @param input what to send
     * @return the decoded reply
     * @throws CallException if there is no reply, or an error: see its subclasses
     * @throws IllegalStateException if the app that calls has stopped
     */
    <I, O> O call(Action<I, O> action, I input);

    /**
     * Calls an action by its name and waits for its reply.
     *
     * @param action the action's name
     * @param payload anything that encodes to JSON
     * @return the reply's payload
     * @throws CallException if there is no reply, or an error: see its subclasses
     * @throws IllegalStateException if the app that calls has stopped
     */
    JsonNode call(String action, Object payload);

    /**
     * Calls an action.
     *
     * @param <I> the type of the request
     * @param <O> the type of the reply
     * @param action the action
     * @param input what to send
     * @return the decoded reply, or a {@link CallException}, or an {@link IllegalStateException} once the app that calls has
     *     stopped; cancel it when nobody waits any more, and the handler can see that
     */
    <I, O> CompletableFuture<O> callAsync(Action<I, O> action, I input);

    /**
     * Calls an action by its name.
     *
     * @param action the action's name
     * @param payload anything that encodes to JSON
     * @return the reply's payload, or a {@link CallException}, or an {@link IllegalStateException} once the app that calls has
     *     stopped; cancel it when nobody waits any more, and the handler can see that
     */
    CompletableFuture<JsonNode> callAsync(String action, Object payload);
}

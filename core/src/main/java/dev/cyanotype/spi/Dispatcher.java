/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.spi;

import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;

/**
 * Runs operations: finds the route, runs hooks, handler and error handlers, and gives the answer.
 *
 * <p>Implemented by the library only. A transport calls it on a thread that may block: handlers run on that thread.
 * Thread-safe.
 *
 * @since 0.1
 */
public interface Dispatcher {

    /**
     * Answers a request.
     *
     * @param request the request
     * @return the response, already there unless a handler answers later; never fails
     */
    CompletableFuture<RenderedResponse> http(HttpRequest request);

    /**
     * Decides about a request to open a websocket: a GET whose header fields ask for it as RFC 6455, 4.2.1 says, which the
     * transport has checked.
     *
     * @param request the request, whose header fields can be read as long as the socket is open
     * @param anyPath whether a path that is no websocket's leads to the app's socket for messages, because nothing else is
     *     served here
     * @return the decision, already there unless an interceptor decides later; never fails
     */
    CompletableFuture<Upgrade> upgrade(HttpRequest request, boolean anyPath);

    /**
     * Runs an action.
     *
     * @param request the request
     * @return the last reply, already there unless a handler answers later; never fails; an unknown action is an error
     *     with status 404
     */
    CompletableFuture<Reply> action(ActionRequest request);

    /**
     * Hands a message to a listener.
     *
     * @param listener one of {@link TransportContext#operations} of the kind {@link OperationKind#LISTENER}
     * @param message a JSON object
     * @return done when the listener is; never fails
     */
    CompletableFuture<Void> message(MountedOperation listener, JsonNode message);

    /**
     * Hands an entry of a stream to its consumer.
     *
     * @param consumer one of {@link TransportContext#operations} of the kind {@link OperationKind#STREAM}
     * @param entry the entry
     * @return how it went, once that is known; never fails. An error means that the entry was not handled, and its text
     *     says why
     */
    CompletableFuture<Reply> entry(MountedOperation consumer, StreamEntry entry);
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.exchange;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * One request or message on its way through hooks, handler and error handlers, whatever carried it.
 *
 * <p>Handlers get the context of their kind, which extends this: {@code HttpContext}, {@code ActionContext},
 * {@code MessageContext}, {@code SocketContext} or {@code TaskContext}. An exchange belongs to one request and is not
 * thread-safe: an asynchronous handler hands it from one thread to the next, never to two at once.
 *
 * @since 0.1
 */
public interface Exchange {

    /**
     * The name of the app that runs this operation.
     *
     * @return the app's name
     */
    String app();

    /**
     * What runs: the operation's full name, such as {@code api.users.show}, or what addresses it.
     *
     * @return the full name; for a route without a name its method and pattern, such as {@code GET /users/{id}}
     */
    String operation();

    /**
     * The full name of the blueprint that this runs for, by its mounts.
     *
     * @return such as {@code api.users}; empty for what the app itself declares
     */
    String blueprint();

    /**
     * The full names of the blueprint that this runs for and of those around it.
     *
     * @return the nearest first, such as {@code api.users}, {@code api}; empty for what the app itself declares
     */
    List<String> blueprints();

    /**
     * An identifier that log lines and error answers of this exchange share.
     *
     * @return the caller's {@code X-Request-Id} if it sent a plain one, else one made here
     */
    String correlationId();

    /**
     * The logger for this exchange.
     *
     * @return a logger named {@code dev.cyanotype.app.<app name>}
     */
    Logger log();

    /**
     * Reads a value that an earlier hook or interceptor left, or that was declared with the route or its scopes.
     *
     * @param <T> the type of the value
     * @param key the key it was stored under
     * @return the value, or null if there is none
     */
    <T> @Nullable T attribute(Attribute<T> key);

    /**
     * Leaves a value for later hooks, interceptors, the handler and error handlers.
     *
     * @param <T> the type of the value
     * @param key the key
     * @param value the value; null takes back what was left before
     */
    <T> void attribute(Attribute<T> key, @Nullable T value);

    /**
     * Publishes a message to every listener of a channel, this process's own included.
     *
     * <p>Delivery is at most once. The message is encoded before this returns, so later changes to the object do not
     * reach anybody.
     *
     * @param channel the channel, not empty
     * @param message what to send; it must encode to a JSON object
     * @return how many subscribers the bus knows to have been reached, 0 when nobody listens
     * @throws IllegalArgumentException if the channel is empty or the message is not encoded as a JSON object
     * @throws IllegalStateException if the app has stopped
     * @throws dev.cyanotype.message.MessagingException if it was not sent, or may not have been; some listeners may hear
     *     it all the same
     */
    long broadcast(String channel, Object message);

    /**
     * Adds an entry to a stream, where it stays until each group of consumers has handled it.
     *
     * @param stream the stream, not empty
     * @param entry what to add; it must encode to a JSON object
     * @return the entry's identifier
     * @throws IllegalArgumentException if the stream is empty or the entry is not encoded as a JSON object
     * @throws IllegalStateException if the app has stopped
     * @throws dev.cyanotype.message.MessagingException if it was not added, or may not have been
     */
    String append(String stream, Object entry);

    /**
     * Adds an entry to a stream that may be there already, for instance because an earlier attempt seemed to fail.
     *
     * @param stream the stream, not empty
     * @param key what is the same in each attempt, not empty: a group that has handled an entry of this key leaves out
     *     further ones
     * @param entry what to add; it must encode to a JSON object
     * @return the entry's identifier
     * @throws IllegalArgumentException if the stream or the key is empty, or the entry is not encoded as a JSON object
     * @throws IllegalStateException if the app has stopped
     * @throws dev.cyanotype.message.MessagingException if it was not added, or may not have been
     */
    String append(String stream, String key, Object entry);

    /**
     * This exchange as the context of its kind, or as what the transport offers.
     *
     * @param <T> the wanted type
     * @param type for example {@code HttpContext.class}, or a transport's own request type
     * @return this exchange or the transport's object
     * @throws IllegalStateException if this exchange is no such thing
     */
    <T> T as(Class<T> type);
}

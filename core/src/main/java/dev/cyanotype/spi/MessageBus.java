/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.spi;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A transport between services: it carries actions and listeners, and what handlers send.
 *
 * <p>Thread-safe from the moment it is created; {@link #publish} and {@link #request} work between start and close,
 * {@link #subscribe} also before.
 *
 * @since 0.1
 */
public interface MessageBus extends Transport {

    /**
     * Sends a message to every listener of a channel, in this process or elsewhere.
     *
     * @param channel the channel
     * @param message a JSON object, not changed by anybody
     * @return how many subscribers are known to have been reached; several that share a connection may count as one
     * @throws dev.cyanotype.message.MessagingException if it can't be sent
     */
    long publish(String channel, JsonNode message);

    /**
     * Adds an entry to a stream, where it stays until each group has handled it.
     *
     * @param stream the stream
     * @param key what is the same in each attempt to have one thing done, or null: a group that has handled an entry of
     *     this key leaves out further ones
     * @param entry a JSON object, not changed by anybody
     * @return the entry's identifier
     * @throws dev.cyanotype.message.MessagingException if it was not added, or may not have been
     */
    String append(String stream, @Nullable String key, JsonNode entry);

    /**
     * Has an action run by a service.
     *
     * @param service the service's name
     * @param request the request
     * @return the last reply; fails with {@link dev.cyanotype.message.NoResponderException} when nobody listens. The
     *     caller sees to the timeout, and cancels it when nobody waits any more. It may complete on a thread that must
     *     not block
     */
    CompletableFuture<Reply> request(String service, ActionRequest request);

    /**
     * Hears a channel from now on, beside the app's declared listeners and other subscriptions of the channel.
     *
     * <p>Before the start it is kept, and takes effect with it. Later it takes effect before this returns, if the broker can be
     * reached; else this returns after about one second, and it takes effect once the broker is back. May block so long.
     *
     * <p>Messages that the broker has sent while it could not be reached are lost, and nobody is told. Those that can't be read
     * are treated as with listeners.
     *
     * @param channel the channel
     * @param listener is given each message of the channel, a JSON object, in their order and one at a time, on a thread that
     *     must not be blocked: it should only hand on. The tree is shared with other subscriptions, so it may be kept but not
     *     changed. What it throws is logged, and nothing else
     * @return what ends it
     * @throws IllegalStateException if the bus is closed
     */
    Subscription subscribe(String channel, Consumer<JsonNode> listener);

    /**
     * Whether other processes can hear what is published here.
     *
     * @return true if there is a broker, also while it can't be reached
     */
    boolean isShared();
}

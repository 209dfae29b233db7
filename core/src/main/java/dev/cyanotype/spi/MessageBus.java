/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.spi;

import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;

/**
 * A transport between services: it carries actions and listeners, and what handlers send.
 *
 * <p>Thread-safe from the moment it is created; {@link #publish} and {@link #request} work between start and close.
 *
 * @since 0.1
 */
public interface MessageBus extends Transport {

    /**
     * Sends a message to every listener of a channel, in this process or elsewhere.
     *
     * @param channel the channel
     * @param message a JSON object, not changed by anybody
     * @return how many subscribers are known to have been reached
     */
    long publish(String channel, JsonNode message);

    /**
     * Has an action run by a service.
     *
     * @param service the service's name
     * @param request the request
     * @return the last reply; fails with {@link dev.cyanotype.message.NoResponderException} when nobody listens. The
     *     caller sees to the timeout.
     */
    CompletableFuture<Reply> request(String service, ActionRequest request);
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.dispatch;

import dev.cyanotype.message.MessageContext;
import tools.jackson.databind.JsonNode;

/** A message for one listener. */
final class MessageExchange extends BaseExchange implements MessageContext {

    private final String operation;
    private final String channel;
    private final JsonNode message;

    MessageExchange(AppRuntime runtime, String operation, String channel, JsonNode message) {
        super(runtime);
        this.operation = operation;
        this.channel = channel;
        this.message = message;
    }

    @Override
    Carrier carrier() {
        return Carrier.MESSAGE;
    }

    @Override
    public String operation() {
        return operation;
    }

    @Override
    public String channel() {
        return channel;
    }

    @Override
    public JsonNode message() {
        return message;
    }
}

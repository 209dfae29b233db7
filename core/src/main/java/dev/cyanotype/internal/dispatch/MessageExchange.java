/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.dispatch;

import dev.cyanotype.internal.assembly.Operation;
import dev.cyanotype.message.MessageContext;
import tools.jackson.databind.JsonNode;

/** A message for one listener. */
final class MessageExchange extends OperationExchange implements MessageContext {

    private final JsonNode message;

    MessageExchange(AppRuntime runtime, Operation.Listener operation, JsonNode message) {
        super(runtime, operation);
        this.message = message;
    }

    @Override
    Carrier carrier() {
        return Carrier.MESSAGE;
    }

    @Override
    public String channel() {
        return address();
    }

    @Override
    public JsonNode message() {
        return message;
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.dispatch;

import dev.cyanotype.exchange.Attribute;
import dev.cyanotype.internal.assembly.Level;
import dev.cyanotype.internal.assembly.Operation;
import dev.cyanotype.message.MessageContext;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A message for one listener. */
final class MessageExchange extends BaseExchange implements MessageContext {

    private final Operation.Listener operation;
    private final JsonNode message;

    MessageExchange(AppRuntime runtime, Operation.Listener operation, JsonNode message) {
        super(runtime);
        this.operation = operation;
        this.message = message;
    }

    @Override
    Carrier carrier() {
        return Carrier.MESSAGE;
    }

    @Override
    Level level() {
        return operation.level();
    }

    @Override
    Map<Attribute<?>, Object> declaredAttributes() {
        return operation.attributes();
    }

    @Override
    public String operation() {
        return operation.label();
    }

    @Override
    public String channel() {
        return operation.address();
    }

    @Override
    public JsonNode message() {
        return message;
    }
}

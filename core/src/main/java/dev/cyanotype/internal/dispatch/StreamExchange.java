/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.dispatch;

import dev.cyanotype.internal.assembly.Operation;
import dev.cyanotype.message.StreamContext;
import dev.cyanotype.spi.StreamEntry;
import tools.jackson.databind.JsonNode;

/** An entry of a stream for its consumer. */
final class StreamExchange extends OperationExchange implements StreamContext {

    private final Operation.Consumer consumer;
    private final StreamEntry entry;

    StreamExchange(AppRuntime runtime, Operation.Consumer consumer, StreamEntry entry) {
        super(runtime, consumer);
        this.consumer = consumer;
        this.entry = entry;
    }

    @Override
    Carrier carrier() {
        return Carrier.STREAM;
    }

    @Override
    public String stream() {
        return consumer.stream();
    }

    @Override
    public String group() {
        return consumer.group();
    }

    @Override
    public String id() {
        return entry.id();
    }

    @Override
    public int deliveries() {
        return entry.deliveries();
    }

    @Override
    public JsonNode entry() {
        return entry.value();
    }
}

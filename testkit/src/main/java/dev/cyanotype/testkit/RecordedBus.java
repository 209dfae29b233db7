/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

import dev.cyanotype.spi.ForwardingBus;
import dev.cyanotype.spi.MessageBus;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A bus of which is recorded what the app sends. */
final class RecordedBus extends ForwardingBus {

    private final Recorder recorder;

    RecordedBus(MessageBus bus, Recorder recorder) {
        super(bus);
        this.recorder = recorder;
    }

    @Override
    public long publish(String channel, JsonNode message) {
        recorder.broadcast(channel, message);
        return super.publish(channel, message);
    }

    @Override
    public String append(String stream, @Nullable String key, JsonNode entry) {
        recorder.add(TestEvent.Kind.APPEND, stream, (key == null ? "" : "once as '" + key + "' ") + entry);
        return super.append(stream, key, entry);
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.bus;

import dev.cyanotype.spi.MountedConsumer;
import dev.cyanotype.spi.MountedOperation;
import dev.cyanotype.spi.OperationKind;
import dev.cyanotype.spi.TransportContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Streams within one process: entries stay until they are handled, or the process ends. Thread-safe. */
final class LocalStreams {

    private final Map<String, List<LocalConsumer>> consumers = new HashMap<>();
    private final AtomicLong lastId = new AtomicLong();

    LocalStreams(TransportContext context) {
        for (MountedOperation consumer : context.operations(OperationKind.STREAM)) {
            MountedConsumer mounted = (MountedConsumer) consumer;
            consumers
                    .computeIfAbsent(mounted.stream(), stream -> new ArrayList<>())
                    .add(new LocalConsumer(context, mounted, this));
        }
    }

    String append(String stream, @Nullable String key, JsonNode value) {
        // As Redis forms them: the time, and a number within it.
        long id = lastId.updateAndGet(last -> Math.max(last + 1, System.currentTimeMillis() << 16));
        String text = (id >>> 16) + "-" + (id & 0xffff);
        List<LocalConsumer> groups = consumers.getOrDefault(stream, List.of());
        groups.forEach(group -> group.checkRoom());
        groups.forEach(group -> group.add(text, key, value.deepCopy()));
        return text;
    }

    /** Waits until all that can be handled now is, or the time is over; false if it is. */
    boolean awaitEmpty(long deadline) throws InterruptedException {
        boolean empty = true;
        for (List<LocalConsumer> groups : consumers.values()) {
            for (LocalConsumer group : groups) {
                empty &= group.awaitEmpty(deadline);
            }
        }
        return empty;
    }

    void close() {
        consumers.values().forEach(groups -> groups.forEach(LocalConsumer::close));
    }
}

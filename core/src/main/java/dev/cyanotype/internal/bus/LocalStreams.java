/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.bus;

import dev.cyanotype.spi.AppClock;
import dev.cyanotype.spi.MountedConsumer;
import dev.cyanotype.spi.MountedOperation;
import dev.cyanotype.spi.OperationKind;
import dev.cyanotype.spi.TransportContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Streams within one process: entries stay until they are handled, or the process ends. Thread-safe. */
final class LocalStreams {

    private final Map<String, List<LocalConsumer>> consumers = new HashMap<>();
    private final AppClock clock;
    private long lastId;

    LocalStreams(TransportContext context) {
        clock = context.clock();
        for (MountedOperation consumer : context.operations(OperationKind.STREAM)) {
            MountedConsumer mounted = (MountedConsumer) consumer;
            consumers
                    .computeIfAbsent(mounted.stream(), stream -> new ArrayList<>())
                    .add(new LocalConsumer(context, mounted, this));
        }
    }

    String append(String stream, @Nullable String key, JsonNode value) {
        List<LocalConsumer> groups = consumers.getOrDefault(stream, List.of());
        String id;
        synchronized (this) {
            groups.forEach(LocalConsumer::checkRoom);
            id = nextId();
            // Here, so that all groups have the entries in the order of their identifiers.
            groups.forEach(group -> group.add(id, key, value.deepCopy()));
        }
        groups.forEach(LocalConsumer::wake);
        return id;
    }

    /** As Redis forms them: the time, and a number within it. */
    private String nextId() {
        lastId = Math.max(lastId + 1, clock.millis() << 16);
        return (lastId >>> 16) + "-" + (lastId & 0xffff);
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

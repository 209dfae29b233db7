/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.lifecycle;

import dev.cyanotype.internal.concurrent.SystemClock;
import dev.cyanotype.internal.dispatch.AppRuntime;
import dev.cyanotype.internal.dispatch.Traffic;
import dev.cyanotype.internal.socket.SocketHub;
import dev.cyanotype.internal.task.AppTasks;
import dev.cyanotype.spi.MessageBus;
import dev.cyanotype.spi.Transport;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/** What a start has made so far, so that a stop finds it whatever came of the start. One thread at a time adds to it. */
final class Parts {

    /** In the order they are started. */
    private final Map<String, Transport> transports = Collections.synchronizedMap(new LinkedHashMap<>());

    private final Set<String> started = ConcurrentHashMap.newKeySet();

    /** Nothing comes in before there is a runtime. */
    private final Traffic none = new Traffic();

    volatile @Nullable AppRuntime runtime;
    volatile @Nullable SocketHub sockets;
    volatile @Nullable AppTasks tasks;
    volatile @Nullable LifecycleHooks hooks;
    volatile @Nullable ExecutorService executor;
    volatile @Nullable SystemClock clock;

    Traffic traffic() {
        AppRuntime opened = runtime;
        return opened == null ? none : opened.traffic();
    }

    void add(String id, Transport transport) {
        transports.put(id, transport);
    }

    /** By their ids, in the order they are started. */
    Map<String, Transport> transports() {
        synchronized (transports) {
            return new LinkedHashMap<>(transports);
        }
    }

    /** In the order they are stopped. */
    List<Map.Entry<String, Transport>> reversed() {
        List<Map.Entry<String, Transport>> all = new ArrayList<>(transports().entrySet());
        Collections.reverse(all);
        return all;
    }

    /** Notes that one was started. */
    void started(String id) {
        started.add(id);
    }

    /** Those that were started, in the order they are stopped. */
    List<Map.Entry<String, Transport>> started() {
        List<Map.Entry<String, Transport>> all = reversed();
        all.removeIf(transport -> !started.contains(transport.getKey()));
        return all;
    }

    /** Those of one sort that were started, in the order they are stopped. */
    List<Map.Entry<String, Transport>> started(boolean buses) {
        List<Map.Entry<String, Transport>> all = started();
        all.removeIf(transport -> transport.getValue() instanceof MessageBus != buses);
        return all;
    }

    /** How often transports have refused something so far. */
    long refused() {
        long refused = 0;
        for (Transport transport : transports().values()) {
            for (Map.Entry<String, Long> counter : transport.counters().entrySet()) {
                if (counter.getKey().equals("refused") || counter.getKey().endsWith(".refused")) {
                    refused += counter.getValue();
                }
            }
        }
        return refused;
    }
}

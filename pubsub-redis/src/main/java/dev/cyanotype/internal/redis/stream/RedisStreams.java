/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.stream;

import dev.cyanotype.internal.redis.link.Commands;
import dev.cyanotype.internal.redis.link.LinkConfig;
import dev.cyanotype.internal.redis.link.Topology;
import dev.cyanotype.spi.MountedConsumer;
import dev.cyanotype.spi.MountedOperation;
import dev.cyanotype.spi.OperationKind;
import dev.cyanotype.spi.TransportContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import tools.jackson.databind.JsonNode;

/** Appends to streams, and runs the app's consumers. Thread-safe. */
public final class RedisStreams {

    private final TransportContext context;
    private final Commands commands;
    private final List<RunningConsumer> consumers = new ArrayList<>();

    /**
     * What the consumers of one app work with.
     *
     * @param name what their threads are called after
     * @param entryLife how long entries stay at least
     */
    public record Parts(
            String name,
            Commands commands,
            Topology topology,
            LinkConfig link,
            ScheduledExecutorService timer,
            Duration entryLife) {}

    public RedisStreams(TransportContext context, Parts parts) {
        this.context = context;
        this.commands = parts.commands();
        String replica =
                Membership.OURS + context.app() + ":" + ProcessHandle.current().pid() + ":"
                        + Long.toHexString(ThreadLocalRandom.current().nextLong());
        for (MountedOperation operation : context.operations(OperationKind.STREAM)) {
            consumers.add(new RunningConsumer(context, (MountedConsumer) operation, replica, parts));
        }
    }

    /**
     * Appends an entry.
     *
     * @return its identifier
     */
    public CompletableFuture<String> append(String stream, @Nullable String key, JsonNode entry) {
        byte[] name = stream.getBytes(StandardCharsets.UTF_8);
        CommandArguments add = new CommandArguments(Command.XADD)
                .add(name)
                .add("*")
                .add(Entry.DATA)
                .add(context.json().write(entry));
        if (key != null) {
            add.add(Entry.KEY).add(key.getBytes(StandardCharsets.UTF_8));
        }
        return commands.request(name, add).thenApply(Entry::text);
    }

    /** Begins to read. */
    public void start() {
        consumers.forEach(RunningConsumer::start);
    }

    /**
     * Waits until all read.
     *
     * @param deadline by {@link System#nanoTime()}
     */
    public void awaitReady(long deadline) throws InterruptedException {
        for (RunningConsumer consumer : consumers) {
            consumer.awaitReady(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
        }
    }

    public boolean isReady() {
        return consumers.stream().allMatch(RunningConsumer::isReady);
    }

    public long reconnects() {
        return consumers.stream().mapToLong(RunningConsumer::reconnects).sum();
    }

    public void counters(Map<String, Long> counters) {
        consumers.forEach(consumer -> consumer.counters(counters));
    }

    /** Reads nothing new, and gives back what was not begun. */
    public void end() {
        consumers.forEach(RunningConsumer::end);
    }

    /**
     * Waits for what runs, once no more begins.
     *
     * @param deadline by {@link System#nanoTime()}
     */
    public void awaitEnd(long deadline) throws InterruptedException {
        for (RunningConsumer consumer : consumers) {
            consumer.awaitEnd(deadline);
        }
    }

    public void close() {
        consumers.forEach(RunningConsumer::close);
    }
}

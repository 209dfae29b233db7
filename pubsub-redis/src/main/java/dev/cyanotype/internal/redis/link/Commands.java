/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.link;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import redis.clients.jedis.CommandArguments;

/** Sends each command to the node that has its key. Thread-safe. */
public final class Commands implements AutoCloseable {

    private final CommandLink link;

    public Commands(String name, Topology topology, LinkConfig config, ScheduledExecutorService timer) {
        this.link = new CommandLink(name, topology::any, config, timer);
    }

    public void start() {
        link.start();
    }

    /** Sends a command without a key to any node; never waits for its reply. */
    public void send(CommandArguments command, Completion completion) {
        link.send(command, completion);
    }

    /** Sends a command to the node that has a key; never waits for its reply. */
    public void send(byte[] key, CommandArguments command, Completion completion) {
        link.send(command, completion);
    }

    /** Sends a command to the node that has a key; the future completes on the thread that reads replies. */
    public CompletableFuture<Object> request(byte[] key, CommandArguments command) {
        CompletableFuture<Object> future = new CompletableFuture<>();
        send(key, command, (reply, error) -> {
            if (error == null) {
                future.complete(reply);
            } else {
                future.completeExceptionally(error);
            }
        });
        return future;
    }

    public void awaitReady(Duration timeout) throws InterruptedException {
        link.awaitReady(timeout);
    }

    public boolean isReady() {
        return link.isReady();
    }

    public long reconnects() {
        return link.reconnects();
    }

    @Override
    public void close() {
        link.close();
    }
}

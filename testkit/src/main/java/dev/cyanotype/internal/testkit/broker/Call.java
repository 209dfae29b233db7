/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.testkit.broker;

import dev.cyanotype.spi.ActionRequest;
import dev.cyanotype.spi.Reply;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A request that is under way, as all replicas see it. Thread-safe. */
final class Call {

    final long number;
    final Connection caller;
    final String service;
    final ActionRequest request;
    final CompletableFuture<Reply> reply = new CompletableFuture<>();

    private @Nullable Connection claimed;
    private final Set<Connection> began = new HashSet<>();
    private volatile boolean cancelled;

    Call(long number, Connection caller, String service, ActionRequest request) {
        this.number = number;
        this.caller = caller;
        this.service = service;
        this.request = request;
    }

    /** Whether a replica may run it: each once, if all are to, else the first that asks. */
    synchronized boolean begin(Connection replica, boolean all) {
        if (all) {
            return began.add(replica);
        }
        if (claimed != null) {
            return false;
        }
        claimed = replica;
        return true;
    }

    /** The caller has told the broker that it waits no more. */
    void cancel() {
        cancelled = true;
    }

    boolean isCancelled() {
        return cancelled;
    }

    /** Whether it makes no sense to begin it. */
    boolean isOver() {
        return cancelled || request.isCancelled();
    }

    @Override
    public String toString() {
        return "call " + number + " of '" + request.action() + "' at '" + service + "'";
    }
}

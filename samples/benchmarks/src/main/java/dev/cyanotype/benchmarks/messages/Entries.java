/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.benchmarks.messages;

import dev.cyanotype.App;
import dev.cyanotype.exchange.Exchange;
import dev.cyanotype.message.Caller;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** Appends entries to a stream, and handles them: each operation lasts until its entry is handled. */
final class Entries {

    static final String STREAM = "entries";

    private final Map<String, CompletableFuture<Void>> waiting = new ConcurrentHashMap<>();
    private final Queue<Exchange> exchanges = new ConcurrentLinkedQueue<>();

    /** What is appended. */
    record Entry(String id, Person person) {}

    /** Adds what it needs to an app. */
    App.Builder on(App.Builder app) {
        return app.action("exchange", ctx -> {
                    exchanges.add(ctx);
                    return null;
                })
                .consume(
                        STREAM,
                        "group",
                        Entry.class,
                        (entry, ctx) -> handled(entry.id()),
                        options -> options.concurrency(64));
    }

    private void handled(String id) {
        CompletableFuture<Void> future = waiting.remove(id);
        if (future != null) {
            future.complete(null);
        }
    }

    /** An operation for one thread, which has an exchange of its own to append with. */
    Load.Operation operation(Caller own, Person person) {
        own.call("exchange", Map.of());
        Exchange exchange = exchanges.remove();
        return () -> {
            String id = UUID.randomUUID().toString();
            CompletableFuture<Void> handled = new CompletableFuture<>();
            waiting.put(id, handled);
            exchange.append(STREAM, new Entry(id, person));
            handled.get(5, TimeUnit.SECONDS);
        };
    }
}

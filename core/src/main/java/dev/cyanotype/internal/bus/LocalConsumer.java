/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.bus;

import dev.cyanotype.internal.concurrent.InFlight;
import dev.cyanotype.message.MessagingException;
import dev.cyanotype.spi.MountedConsumer;
import dev.cyanotype.spi.Reply;
import dev.cyanotype.spi.StreamEntry;
import dev.cyanotype.spi.TransportContext;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One group's consumer of a stream within a process. Thread-safe. */
final class LocalConsumer {

    private static final Logger LOG = LoggerFactory.getLogger("dev.cyanotype.message");
    private static final int MOST_WAITING = 100_000;
    private static final int MOST_KEYS = 10_000;

    private final TransportContext context;
    private final MountedConsumer consumer;
    private final InFlight work;
    private final LocalStreams streams;
    private final Queue<Entry> waiting = new ArrayDeque<>();
    private final Set<String> handled = Collections.newSetFromMap(new LinkedHashMap<>() {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST_KEYS;
        }
    });

    private int running;
    private int resting;
    private boolean closed;

    private record Entry(String id, @Nullable String key, JsonNode value, int deliveries) {}

    LocalConsumer(TransportContext context, MountedConsumer consumer, InFlight work, LocalStreams streams) {
        this.context = context;
        this.consumer = consumer;
        this.work = work;
        this.streams = streams;
    }

    /** Refuses more than can be kept. */
    synchronized void checkRoom() {
        if (waiting.size() + resting >= MOST_WAITING) {
            throw new MessagingException(
                    MessagingException.Reason.QUEUE_FULL,
                    "append to '%s': %d entries wait for group '%s' in this process already"
                            .formatted(consumer.stream(), MOST_WAITING, consumer.group()),
                    null);
        }
    }

    void add(String id, @Nullable String key, JsonNode value) {
        add(new Entry(id, key, value, 1));
    }

    private void add(Entry entry) {
        synchronized (this) {
            if (closed) {
                return;
            }
            waiting.add(entry);
            if (running >= consumer.options().concurrency()) {
                return;
            }
            running++;
        }
        start();
    }

    private void start() {
        try {
            context.executor().execute(this::run);
        } catch (RejectedExecutionException e) {
            LOG.error("consumer of stream {}: the executor takes no work", consumer.address(), e);
            synchronized (this) {
                running--;
            }
        }
    }

    private void run() {
        for (Entry entry = next(); entry != null; entry = next()) {
            Entry current = entry;
            work.begin();
            CompletableFuture<Void> done = context.dispatcher()
                    .entry(consumer, new StreamEntry(entry.id, entry.value.deepCopy(), entry.deliveries))
                    .thenAccept(reply -> ended(current, reply))
                    .whenComplete((result, error) -> work.end());
            if (!done.isDone()) {
                done.whenComplete((result, error) -> start());
                return;
            }
        }
    }

    private synchronized @Nullable Entry next() {
        Entry entry = waiting.poll();
        while (entry != null && entry.key != null && handled.contains(entry.key)) {
            entry = waiting.poll();
        }
        if (entry == null) {
            running--;
        }
        return entry;
    }

    private void ended(Entry entry, Reply reply) {
        if (!reply.isError()) {
            if (entry.key != null) {
                synchronized (this) {
                    handled.add(entry.key);
                }
            }
        } else if (reply.isPermanent() || entry.deliveries >= consumer.options().maxDeliveries()) {
            bury(entry, reply);
        } else {
            retry(entry);
        }
    }

    private void retry(Entry entry) {
        synchronized (this) {
            resting++;
        }
        Entry again = new Entry(entry.id, entry.key, entry.value, entry.deliveries + 1);
        long rest = TimeUnit.NANOSECONDS.convert(consumer.options().retryAfter(entry.deliveries));
        CompletableFuture.delayedExecutor(rest, TimeUnit.NANOSECONDS, Runnable::run)
                .execute(() -> {
                    synchronized (this) {
                        resting--;
                    }
                    add(again);
                });
    }

    private void bury(Entry entry, Reply reply) {
        String reason = reply.payload().path("error").asString("");
        LOG.error(
                "stream {}: entry {} was tried {} times and is a dead letter in '{}' now",
                consumer.address(),
                entry.id,
                entry.deliveries,
                consumer.deadLetters());
        ObjectNode letter = JsonNodeFactory.instance.objectNode();
        letter.put("stream", consumer.stream());
        letter.put("group", consumer.group());
        letter.put("id", entry.id);
        letter.put("deliveries", entry.deliveries);
        letter.put("reason", reason);
        letter.set("entry", entry.value);
        streams.append(consumer.deadLetters(), entry.key, letter);
    }

    synchronized void close() {
        closed = true;
        if (!waiting.isEmpty() || resting > 0) {
            LOG.warn(
                    "stream {}: {} entries are lost with this process, because there is no broker",
                    consumer.address(),
                    waiting.size() + resting);
        }
        waiting.clear();
    }
}

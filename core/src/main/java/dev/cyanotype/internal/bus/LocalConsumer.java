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
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
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
    private static final Duration REST_OF_THE_EXECUTOR = Duration.ofMillis(500);

    private final TransportContext context;
    private final MountedConsumer consumer;
    private final LocalStreams streams;
    private final Deque<Entry> waiting = new ArrayDeque<>();

    /** The keys of entries that are being handled, each with the entries that wait for what becomes of that one. */
    private final Map<String, Deque<Entry>> busy = new HashMap<>();

    private final Set<String> handled = Collections.newSetFromMap(new LinkedHashMap<>() {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST_KEYS;
        }
    });

    /** How many threads, or asynchronous ends, see to what waits. */
    private int running;

    /** How many entries wait for others of their key. */
    private int held;

    /** How many entries wait to be tried again. */
    private int resting;

    private boolean executorRests;
    private boolean closed;

    private record Entry(String id, @Nullable String key, JsonNode value, int deliveries) {}

    LocalConsumer(TransportContext context, MountedConsumer consumer, LocalStreams streams) {
        this.context = context;
        this.consumer = consumer;
        this.streams = streams;
    }

    /** Refuses more than can be kept. */
    synchronized void checkRoom() {
        if (left() >= MOST_WAITING) {
            throw new MessagingException(
                    MessagingException.Reason.QUEUE_FULL,
                    "append to '%s': %d entries wait for group '%s' in this process already"
                            .formatted(consumer.stream(), MOST_WAITING, consumer.group()),
                    null);
        }
    }

    private int left() {
        return waiting.size() + held + resting;
    }

    /** Takes an entry, which waits until {@link #wake} is called. */
    synchronized void add(String id, @Nullable String key, JsonNode value) {
        if (!closed) {
            waiting.add(new Entry(id, key, value, 1));
        }
    }

    /** Has a further thread see to what waits, if there is one to be had. */
    void wake() {
        synchronized (this) {
            if (waiting.isEmpty()
                    || executorRests
                    || running >= consumer.options().concurrency()) {
                return;
            }
            running++;
        }
        start();
    }

    private void start() {
        try {
            context.executor().execute(this::run);
        } catch (RuntimeException | Error e) {
            if (giveUp()) {
                LOG.warn(
                        "stream {}: the executor takes no work, so it is asked again in {} ms",
                        consumer.address(),
                        REST_OF_THE_EXECUTOR.toMillis(),
                        e);
                context.clock().schedule(REST_OF_THE_EXECUTOR, () -> {
                    synchronized (this) {
                        executorRests = false;
                    }
                    wake();
                });
            }
        }
    }

    /** Whether nobody is left to see to what waits. */
    private synchronized boolean giveUp() {
        running--;
        notifyAll();
        if (running > 0 || waiting.isEmpty()) {
            return false;
        }
        executorRests = true;
        return true;
    }

    private void run() {
        boolean interrupted = false;
        for (Entry entry = next(); entry != null; entry = next()) {
            CompletableFuture<?> end = handle(entry);
            // The next entry has nothing to do with it, but the executor may want to know.
            interrupted |= Thread.interrupted();
            if (!end.isDone()) {
                end.whenComplete((done, error) -> start());
                break;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized @Nullable Entry next() {
        for (Entry entry = waiting.poll(); entry != null; entry = waiting.poll()) {
            if (entry.key == null) {
                return entry;
            }
            Deque<Entry> others = busy.get(entry.key);
            if (others != null) {
                others.add(entry);
                held++;
            } else if (!handled.contains(entry.key)) {
                busy.put(entry.key, new ArrayDeque<>(1));
                return entry;
            }
        }
        running--;
        notifyAll();
        return null;
    }

    private CompletableFuture<?> handle(Entry entry) {
        CompletableFuture<Reply> reply;
        try {
            reply = context.dispatcher()
                    .entry(consumer, new StreamEntry(entry.id, entry.value.deepCopy(), entry.deliveries));
        } catch (Throwable e) {
            reply = CompletableFuture.failedFuture(e);
        }
        return reply.exceptionally(this::broken).thenAccept(result -> ended(entry, result));
    }

    /** No dispatcher fails so; but if one does, it is no reason to lose an entry. */
    private Reply broken(Throwable error) {
        LOG.error("stream {}: an entry could not be dispatched", consumer.address(), error);
        return Reply.error(500, "Internal Server Error");
    }

    private void ended(Entry entry, Reply reply) {
        if (!reply.isError()) {
            release(entry, true);
            return;
        }
        boolean last =
                reply.isPermanent() || entry.deliveries >= consumer.options().maxDeliveries();
        boolean buried = last && !isClosed() && bury(entry, reply);
        release(entry, false);
        if (!buried) {
            retry(entry);
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /** Sees to the entries that wait for this one: they are the same thing again, unless it was not done. */
    private synchronized void release(Entry entry, boolean done) {
        if (entry.key == null) {
            return;
        }
        if (done) {
            handled.add(entry.key);
        }
        Deque<Entry> others = busy.remove(entry.key);
        if (others != null) {
            held -= others.size();
            if (!done) {
                for (Iterator<Entry> last = others.descendingIterator(); last.hasNext(); ) {
                    waiting.addFirst(last.next());
                }
            }
        }
    }

    private void retry(Entry entry) {
        synchronized (this) {
            if (closed) {
                LOG.warn(
                        "stream {}: entry {} is lost with this process, because there is no broker",
                        consumer.address(),
                        entry.id);
                return;
            }
            resting++;
        }
        Entry again = new Entry(entry.id, entry.key, entry.value, entry.deliveries + 1);
        context.clock().schedule(consumer.options().retryAfter(entry.deliveries), () -> {
            synchronized (this) {
                if (closed) {
                    return;
                }
                resting--;
                waiting.add(again);
            }
            wake();
        });
    }

    /** Whether it is a dead letter now. */
    private boolean bury(Entry entry, Reply reply) {
        ObjectNode letter = JsonNodeFactory.instance.objectNode();
        letter.put("stream", consumer.stream());
        letter.put("group", consumer.group());
        letter.put("id", entry.id);
        letter.put("deliveries", entry.deliveries);
        letter.put("reason", reply.payload().path("error").asString(""));
        letter.set("entry", entry.value);
        try {
            streams.append(consumer.deadLetters(), entry.key, letter);
        } catch (MessagingException e) {
            LOG.error(
                    "stream {}: entry {} can't become a dead letter, so it is tried again: {}",
                    consumer.address(),
                    entry.id,
                    e.getMessage());
            return false;
        }
        LOG.error(
                "stream {}: entry {} was tried {} times and is a dead letter in '{}' now",
                consumer.address(),
                entry.id,
                entry.deliveries,
                consumer.deadLetters());
        return true;
    }

    /** Waits until nothing is handled and nothing waits to be, but for what rests; false if the time is over before. */
    synchronized boolean awaitEmpty(long deadline) throws InterruptedException {
        while (running > 0 || !waiting.isEmpty()) {
            long left = InFlight.left(deadline).toNanos();
            if (left <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return true;
    }

    synchronized void close() {
        closed = true;
        int lost = left();
        if (lost > 0) {
            LOG.warn(
                    "stream {}: {} entries are lost with this process, because there is no broker",
                    consumer.address(),
                    lost);
        }
        waiting.clear();
        busy.values().forEach(Deque::clear);
        held = 0;
        resting = 0;
        notifyAll();
    }
}

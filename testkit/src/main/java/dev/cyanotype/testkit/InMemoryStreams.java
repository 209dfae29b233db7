/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

import dev.cyanotype.spi.MountedConsumer;
import dev.cyanotype.spi.OperationKind;
import dev.cyanotype.spi.Reply;
import dev.cyanotype.spi.StreamEntry;
import dev.cyanotype.spi.TransportContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Streams whose entries are handled within the thread that appends them, and tried again by the app's clock. Thread-safe.
 */
final class InMemoryStreams {

    private final Consumer<List<Runnable>> deliver;
    private final List<TestMessage> appended = new ArrayList<>();
    private final Set<String> handled = new HashSet<>();
    private volatile boolean closed;

    private record Entry(
            MountedConsumer consumer, String id, @Nullable String key, JsonNode value, int deliveries) {

        /** What is handled once only; null if that can't be told. */
        @Nullable
        String once() {
            return key == null ? null : consumer.address() + " " + key;
        }

        Entry again() {
            return new Entry(consumer, id, key, value, deliveries + 1);
        }
    }

    /**
     * Without entries.
     *
     * @param deliver runs deliveries one after the other, within the calling thread
     */
    InMemoryStreams(Consumer<List<Runnable>> deliver) {
        this.deliver = deliver;
    }

    String append(TransportContext context, String stream, @Nullable String key, JsonNode entry) {
        String id;
        synchronized (this) {
            appended.add(new TestMessage(stream, entry.deepCopy()));
            id = "0-" + appended.size();
        }
        deliver.accept(context.operations(OperationKind.STREAM).stream()
                .map(MountedConsumer.class::cast)
                .filter(consumer -> consumer.stream().equals(stream))
                .map(consumer -> new Entry(consumer, id, key, entry.deepCopy(), 1))
                .map(first -> (Runnable) () -> handle(context, first))
                .toList());
        return id;
    }

    synchronized List<TestMessage> appended() {
        return List.copyOf(appended);
    }

    /** Tries no entry again. */
    void close() {
        closed = true;
    }

    private synchronized boolean isHandled(Entry entry) {
        return handled.contains(entry.once());
    }

    private synchronized void noteHandled(Entry entry) {
        if (entry.once() != null) {
            handled.add(entry.once());
        }
    }

    private void handle(TransportContext context, Entry entry) {
        if (isHandled(entry)) {
            return;
        }
        MountedConsumer consumer = entry.consumer;
        Reply reply = context.dispatcher()
                .entry(consumer, new StreamEntry(entry.id, entry.value.deepCopy(), entry.deliveries))
                .join();
        if (!reply.isError()) {
            noteHandled(entry);
        } else if (reply.isPermanent() || entry.deliveries >= consumer.options().maxDeliveries()) {
            append(context, consumer.deadLetters(), entry.key, letter(entry, reply));
        } else {
            context.clock()
                    .schedule(consumer.options().retryAfter(entry.deliveries), () -> retry(context, entry.again()));
        }
    }

    private void retry(TransportContext context, Entry entry) {
        if (!closed) {
            deliver.accept(List.of(() -> handle(context, entry)));
        }
    }

    private static ObjectNode letter(Entry entry, Reply reply) {
        ObjectNode letter = JsonNodeFactory.instance.objectNode();
        letter.put("stream", entry.consumer.stream());
        letter.put("group", entry.consumer.group());
        letter.put("id", entry.id);
        letter.put("deliveries", entry.deliveries);
        letter.put("reason", reply.payload().path("error").asString(""));
        letter.set("entry", entry.value.deepCopy());
        return letter;
    }
}

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

/** Streams whose entries are handled within the calling thread, and tried again at once. */
final class InMemoryStreams {

    private final List<TestMessage> appended = new ArrayList<>();
    private final Set<String> handled = new HashSet<>();

    String append(
            TransportContext context,
            String stream,
            @Nullable String key,
            JsonNode entry,
            Consumer<List<Runnable>> deliver) {
        String id;
        synchronized (this) {
            appended.add(new TestMessage(stream, entry.deepCopy()));
            id = "0-" + appended.size();
        }
        deliver.accept(context.operations(OperationKind.STREAM).stream()
                .map(MountedConsumer.class::cast)
                .filter(consumer -> consumer.stream().equals(stream))
                .map(consumer -> (Runnable) () -> {
                    String once = key == null ? null : consumer.address() + " " + key;
                    if ((once == null || !isHandled(once)) && handle(context, consumer, id, key, entry, deliver)) {
                        noteHandled(once);
                    }
                })
                .toList());
        return id;
    }

    synchronized List<TestMessage> appended() {
        return List.copyOf(appended);
    }

    private synchronized boolean isHandled(String once) {
        return handled.contains(once);
    }

    private synchronized void noteHandled(@Nullable String once) {
        if (once != null) {
            handled.add(once);
        }
    }

    /** Tries an entry until it is handled or a dead letter. */
    private boolean handle(
            TransportContext context,
            MountedConsumer consumer,
            String id,
            @Nullable String key,
            JsonNode entry,
            Consumer<List<Runnable>> deliver) {
        for (int deliveries = 1; ; deliveries++) {
            Reply reply = context.dispatcher()
                    .entry(consumer, new StreamEntry(id, entry.deepCopy(), deliveries))
                    .join();
            if (!reply.isError()) {
                return true;
            }
            if (reply.isPermanent() || deliveries == consumer.options().maxDeliveries()) {
                append(context, consumer.deadLetters(), key, letter(consumer, id, deliveries, reply, entry), deliver);
                return false;
            }
        }
    }

    private static ObjectNode letter(MountedConsumer consumer, String id, int deliveries, Reply reply, JsonNode entry) {
        ObjectNode letter = JsonNodeFactory.instance.objectNode();
        letter.put("stream", consumer.stream());
        letter.put("group", consumer.group());
        letter.put("id", id);
        letter.put("deliveries", deliveries);
        letter.put("reason", reply.payload().path("error").asString(""));
        letter.set("entry", entry.deepCopy());
        return letter;
    }
}

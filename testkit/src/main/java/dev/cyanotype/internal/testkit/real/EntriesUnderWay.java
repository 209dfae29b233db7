/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.testkit.real;

import dev.cyanotype.spi.MountedConsumer;
import dev.cyanotype.spi.MountedOperation;
import dev.cyanotype.spi.OperationKind;
import dev.cyanotype.spi.Reply;
import dev.cyanotype.spi.StreamEntry;
import dev.cyanotype.spi.TransportContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The entries of streams on their way to the app's consumers, and their dead letters. Thread-safe. */
final class EntriesUnderWay {

    private final Activity activity;
    private final TestTime time;
    private final List<AppendedEntry> appended = new ArrayList<>();

    /** Those on their way. */
    private final Map<Delivery, Activity.Token> expected = new HashMap<>();

    /** Those that have come, also if their identifier was not known yet. */
    private final Set<Delivery> come = new HashSet<>();

    /** When those that failed are tried again, by the clock. */
    private final Map<Delivery, Long> resting = new HashMap<>();

    private final Map<Address, String> keys = new HashMap<>();
    private final Set<Handled> handled = new HashSet<>();

    /** Those that were handled, perhaps before it was known under which key. */
    private final Set<Delivery> done = new HashSet<>();

    private final Map<Letter, Activity.Token> letters = new HashMap<>();
    private List<MountedConsumer> consumers = List.of();

    private record Address(String stream, String id) {}

    private record Delivery(String stream, String group, String id) {

        static Delivery of(MountedConsumer consumer, String id) {
            return new Delivery(consumer.stream(), consumer.group(), id);
        }
    }

    private record Handled(String stream, String group, String key) {}

    private record Letter(String to, String stream, String group, String id) {}

    EntriesUnderWay(Activity activity, TestTime time) {
        this.activity = activity;
        this.time = time;
    }

    synchronized void mounted(TransportContext context) {
        consumers = context.operations(OperationKind.STREAM).stream()
                .map(MountedConsumer.class::cast)
                .toList();
    }

    /** What reads the dead letters of the app's consumers, beside them. */
    synchronized List<MountedOperation> readers() {
        return consumers.stream()
                .map(MountedConsumer::deadLetters)
                .distinct()
                .<MountedOperation>map(LetterReader::new)
                .toList();
    }

    synchronized List<AppendedEntry> appended() {
        return List.copyOf(appended);
    }

    /** An entry was added. */
    synchronized void appended(String stream, @Nullable String key, String id, JsonNode entry) {
        appended.add(new AppendedEntry(stream, entry.deepCopy()));
        come.add(new Delivery(stream, "", id));
        if (key != null) {
            keys.put(new Address(stream, id), key);
            consumers.stream()
                    .filter(consumer -> done.contains(Delivery.of(consumer, id)))
                    .forEach(consumer -> handled(consumer, key));
        }
        expectAll(stream, id, key);
    }

    private void expectAll(String stream, String id, @Nullable String key) {
        for (MountedConsumer consumer : consumers) {
            Delivery delivery = Delivery.of(consumer, id);
            boolean repeated = key != null && handled.contains(new Handled(stream, consumer.group(), key));
            if (consumer.stream().equals(stream) && !repeated && !come.contains(delivery)) {
                expect(delivery);
            }
        }
    }

    private void expect(Delivery delivery) {
        expected.computeIfAbsent(
                delivery, one -> activity.expect("an entry of '" + one.stream + "' for '" + one.group + "'"));
    }

    /** A consumer has begun to handle an entry, on a thread that counts already. */
    synchronized void begun(MountedConsumer consumer, StreamEntry entry) {
        Delivery delivery = Delivery.of(consumer, entry.id());
        come.add(delivery);
        resting.remove(delivery);
        end(expected.remove(delivery));
    }

    /** A consumer has handled an entry, or tried to. */
    synchronized void ended(MountedConsumer consumer, StreamEntry entry, Reply reply) {
        if (!reply.isError()) {
            done.add(Delivery.of(consumer, entry.id()));
            String key = keys.get(new Address(consumer.stream(), entry.id()));
            if (key != null) {
                handled(consumer, key);
            }
        } else if (reply.isPermanent()
                || entry.deliveries() >= consumer.options().maxDeliveries()) {
            letters.put(
                    new Letter(consumer.deadLetters(), consumer.stream(), consumer.group(), entry.id()),
                    activity.expect("a dead letter in '" + consumer.deadLetters() + "'"));
        } else {
            Duration rest = consumer.options().retryAfter(entry.deliveries());
            resting.put(
                    Delivery.of(consumer, entry.id()), time.clock().nanoTime() + TimeUnit.NANOSECONDS.convert(rest));
        }
    }

    /** What a group has handled does not come to it again under the same key. */
    private void handled(MountedConsumer consumer, String key) {
        handled.add(new Handled(consumer.stream(), consumer.group(), key));
        expected.entrySet().removeIf(one -> {
            Delivery delivery = one.getKey();
            boolean same = delivery.stream.equals(consumer.stream())
                    && delivery.group.equals(consumer.group())
                    && key.equals(keys.get(new Address(delivery.stream, delivery.id)));
            if (same) {
                one.getValue().end();
            }
            return same;
        });
    }

    /** The clock has gone on, and entries are tried again. */
    synchronized void moved() {
        if (resting.isEmpty()) {
            return;
        }
        // What tries them again at this very time may be yet to happen.
        long now = time.clock().nanoTime() - (time.somethingDue().getAsBoolean() ? 1 : 0);
        resting.entrySet().removeIf(one -> {
            boolean due = one.getValue() <= now;
            if (due) {
                expect(one.getKey());
            }
            return due;
        });
    }

    /** There is a letter, or something else in the same stream. */
    synchronized void letter(LetterReader reader, StreamEntry entry) {
        String stream = reader.stream();
        if (come.add(new Delivery(stream, "", entry.id()))) {
            // Nobody but the broker has written it.
            appended.add(new AppendedEntry(stream, entry.value().deepCopy()));
            expectAll(stream, entry.id(), null);
        }
        JsonNode value = entry.value();
        end(letters.remove(new Letter(
                stream,
                value.path("stream").asString(""),
                value.path("group").asString(""),
                value.path("id").asString(""))));
    }

    private static void end(Activity.@Nullable Token token) {
        if (token != null) {
            token.end();
        }
    }
}

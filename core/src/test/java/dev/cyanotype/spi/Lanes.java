/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.spi;

import dev.cyanotype.message.ListenerOptions;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** A lane before a listener that notes what it hears, on an executor of the test's choice. */
final class Lanes {

    /** What was heard, and gaps, in their order. */
    final List<String> record = new CopyOnWriteArrayList<>();

    /** What the executor was given and has not run, unless the test has another. */
    final Queue<Runnable> given = new ConcurrentLinkedQueue<>();

    volatile Executor executor = given::add;

    /** What hearing a message is. */
    volatile Function<JsonNode, CompletableFuture<Void>> hearing = message -> {
        record.add(message.asString());
        return CompletableFuture.completedFuture(null);
    };

    private final FakeContext context =
            new FakeContext(task -> executor.execute(task)).onMessage(message -> hearing.apply(message));

    ListenerLane lane(Consumer<ListenerOptions.Builder> options) {
        ListenerOptions.Builder builder = ListenerOptions.builder().onGap(gap -> record.add("gap"));
        options.accept(builder);
        return new ListenerLane(context, new FakeListener("x", builder.build()));
    }

    ListenerLane lane() {
        return lane(options -> {});
    }

    static boolean offer(ListenerLane lane, Object message) {
        try {
            return lane.offer(() -> JsonNodeFactory.instance.stringNode(message.toString()));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    static void offerAll(ListenerLane lane, int from, int to) {
        for (int n = from; n <= to; n++) {
            offer(lane, n);
        }
    }

    void runAllGiven() {
        for (Runnable next = given.poll(); next != null; next = given.poll()) {
            next.run();
        }
    }

    /** Throws anything, checked or not. */
    @SuppressWarnings("unchecked")
    static <E extends Throwable> void sneak(Throwable failure) throws E {
        throw (E) failure;
    }
}

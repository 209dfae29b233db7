/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.testkit.broker;

import dev.cyanotype.internal.testkit.broker.Pending.Attempt;
import dev.cyanotype.spi.MountedConsumer;
import dev.cyanotype.spi.Reply;
import dev.cyanotype.spi.StreamEntry;
import dev.cyanotype.spi.TransportContext;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One replica's consumer in a group. Thread-safe. */
final class GroupMember {

    private static final Logger LOG = LoggerFactory.getLogger("dev.cyanotype.message");
    private static final Duration REST_OF_THE_EXECUTOR = Duration.ofMillis(500);

    final Connection connection;
    final MountedConsumer consumer;

    /** How many entries it is at; guarded by the group. */
    int busy;

    /** Its entries that have a turn to come; guarded by the group. */
    final Deque<Pending> waiting = new ArrayDeque<>();

    private final Broker broker;
    private final TransportContext context;
    private final Group group;
    private final AtomicLong begun;
    private final Network.Link link = new Network.Link("entries");

    /** What the broker has still to be told. */
    private final List<Runnable> unsettled = new ArrayList<>();

    private volatile boolean ended;

    GroupMember(
            Broker broker,
            Connection connection,
            TransportContext context,
            MountedConsumer consumer,
            AtomicLong begun) {
        this.broker = broker;
        this.connection = connection;
        this.context = context;
        this.consumer = consumer;
        this.begun = begun;
        this.group = broker.streams.group(consumer.stream(), consumer.group());
    }

    void start() {
        group.join(this);
    }

    /** Whether it begins entries. */
    boolean isTaking() {
        return !ended && connection.isReachable();
    }

    boolean hasRoom() {
        return isTaking() && busy < consumer.options().concurrency();
    }

    /** Brings an entry, which has a place. */
    void deliver(Attempt attempt) {
        broker.network.bring(connection, link, "entry " + attempt.pending.entry.id(), () -> arrived(attempt));
    }

    private void arrived(Attempt attempt) {
        if (!connection.isReachable()) {
            group.leavePlace(attempt);
            return;
        }
        try {
            context.executor().execute(() -> run(attempt));
        } catch (RuntimeException | Error e) {
            LOG.warn(
                    "stream {}: the executor takes no work, so it is asked again in {} ms",
                    consumer.address(),
                    REST_OF_THE_EXECUTOR.toMillis(),
                    e);
            context.clock().schedule(REST_OF_THE_EXECUTOR, () -> {
                group.refused(attempt);
                group.dispatch();
            });
        }
    }

    private void run(Attempt attempt) {
        switch (group.begin(attempt)) {
            case RUN -> handle(attempt);
            case SPENT ->
                ended(attempt, Reply.error(500, "the entry was begun, and whoever ran it ended before it did"), true);
            default -> group.dispatch();
        }
    }

    private void handle(Attempt attempt) {
        begun.incrementAndGet();
        Pending pending = attempt.pending;
        StreamEntry delivery =
                new StreamEntry(pending.entry.id(), pending.entry.value().deepCopy(), pending.deliveries);
        CompletableFuture<Reply> reply;
        try {
            reply = context.dispatcher().entry(consumer, delivery);
        } catch (Throwable e) {
            reply = CompletableFuture.failedFuture(e);
        }
        int deliveries = pending.deliveries;
        reply.exceptionally(this::broken).thenAccept(result -> {
            boolean last =
                    result.isPermanent() || deliveries >= consumer.options().maxDeliveries();
            ended(attempt, result, last);
        });
    }

    /** No dispatcher fails so; but if one does, it is no reason to lose an entry. */
    private Reply broken(Throwable error) {
        LOG.error("stream {}: an entry could not be dispatched", consumer.address(), error);
        return Reply.error(500, "Internal Server Error");
    }

    private void ended(Attempt attempt, Reply reply, boolean last) {
        if (!connection.isGone()) {
            synchronized (unsettled) {
                if (!connection.isReachable()) {
                    unsettled.add(() -> group.settle(attempt, reply, last));
                    group.leavePlace(attempt);
                    return;
                }
            }
            group.settle(attempt, reply, last);
        }
        group.leavePlace(attempt);
        group.dispatch();
    }

    /** Writes a dead letter. */
    void bury(Pending pending, Reply reply) {
        ObjectNode letter = JsonNodeFactory.instance.objectNode();
        letter.put("stream", consumer.stream());
        letter.put("group", consumer.group());
        letter.put("id", pending.entry.id());
        letter.put("deliveries", pending.deliveries);
        letter.put("reason", reply.payload().path("error").asString(""));
        letter.set("entry", pending.entry.value().deepCopy());
        LOG.error(
                "stream {}: entry {} was tried {} times and is a dead letter in '{}' now",
                consumer.address(),
                pending.entry.id(),
                pending.deliveries,
                consumer.deadLetters());
        connection.bury(consumer.deadLetters(), pending.entry.key(), letter);
    }

    /** It can't reach the broker any more, or is gone: after a while others may have its entries. */
    void away() {
        int absence = connection.cuts();
        broker.clock.schedule(consumer.options().reclaimAfter(), () -> {
            if (!connection.isReachable() && connection.cuts() == absence) {
                group.reclaim(this);
            }
        });
    }

    /** It reaches the broker again. */
    void back() {
        List<Runnable> late;
        synchronized (unsettled) {
            late = List.copyOf(unsettled);
            unsettled.clear();
        }
        late.forEach(Runnable::run);
        group.back(this);
    }

    void quiesce() {
        ended = true;
        group.giveBack(this);
    }

    boolean awaitNone(long deadline) throws InterruptedException {
        return group.awaitNone(this, deadline);
    }

    /** Takes part no more; what it is still at, others have after a while. */
    void close(boolean shared) {
        ended = true;
        group.leave(this);
        if (shared) {
            group.giveBack(this);
            away();
        }
    }
}

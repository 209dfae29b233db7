/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.stream;

import dev.cyanotype.internal.redis.link.DialogLink;
import dev.cyanotype.message.MessagingException;
import dev.cyanotype.spi.MountedConsumer;
import dev.cyanotype.spi.TransportContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A consumer with the connection it reads from, and what has to be done for it from time to time. Thread-safe. */
final class RunningConsumer {

    private static final Logger LOG = LoggerFactory.getLogger("dev.cyanotype.redis");

    /** After this time without a sign a consumer that has nothing is taken for one that does not come back. */
    private static final Duration CONSUMER_LIFE = Duration.ofHours(1);

    private static final Duration TIDY_EVERY = Duration.ofMinutes(10);

    private static final Duration LONGEST_TRIM = Duration.ofMinutes(1);

    /** What is left is looked for at least this often, so that what is given back does not wait for long. */
    private static final Duration LONGEST_SWEEP = Duration.ofSeconds(1);

    private static final Duration LEAVING = Duration.ofMillis(500);

    private final Membership membership;
    private final GroupCommands commands;
    private final GroupConsumer consumer;
    private final GroupReader reader;
    private final DialogLink link;
    private final ScheduledExecutorService timer;
    private final Duration heartbeat;
    private final long renewNanos;
    private final long sweepNanos;
    private final Duration entryLife;
    private final long trimNanos;
    private final List<ScheduledFuture<?>> upkeep = new CopyOnWriteArrayList<>();
    private volatile boolean draining;

    RunningConsumer(TransportContext context, MountedConsumer mounted, String replica, RedisStreams.Parts parts) {
        this.membership = new Membership(mounted, replica);
        this.timer = parts.timer();
        this.heartbeat = parts.link().heartbeat();
        this.commands = new GroupCommands(parts.commands(), membership);
        this.consumer = new GroupConsumer(context, mounted, commands, timer);
        this.reader = new GroupReader(membership, consumer);
        this.link = new DialogLink(
                parts.name() + "-stream-" + membership,
                parts.topology().toOwner(membership.stream()),
                parts.link(),
                timer,
                reader);
        long reclaim = mounted.options().reclaimAfter().toNanos();
        this.renewNanos = Math.max(TimeUnit.MILLISECONDS.toNanos(5), reclaim / 4);
        this.entryLife = parts.entryLife();
        this.trimNanos = Math.min(entryLife.toNanos(), LONGEST_TRIM.toNanos());
        this.sweepNanos = Math.max(TimeUnit.MILLISECONDS.toNanos(5), Math.min(reclaim / 3, LONGEST_SWEEP.toNanos()));
    }

    void start() {
        link.start();
        every(renewNanos, consumer::renew);
        every(sweepNanos, () -> {
            if (!draining && link.isReady()) {
                consumer.reclaim();
                consumer.giveBackOverdue();
            }
        });
        every(trimNanos, () -> commands.trim(entryLife, (count, error) -> {}));
        every(TIDY_EVERY.toNanos(), () -> commands.tidy(bytes(Membership.OURS), CONSUMER_LIFE, (count, error) -> {}));
    }

    /** Not at the same time as other replicas. */
    private void every(long nanos, Runnable task) {
        long first = ThreadLocalRandom.current().nextLong(nanos / 2, nanos);
        upkeep.add(timer.scheduleWithFixedDelay(
                () -> {
                    try {
                        task.run();
                    } catch (RuntimeException e) {
                        LOG.error("stream {}: upkeep failed", membership, e);
                    }
                },
                first,
                nanos,
                TimeUnit.NANOSECONDS));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    void awaitReady(Duration timeout) throws InterruptedException {
        try {
            link.awaitReady(timeout);
        } catch (MessagingException e) {
            throw new MessagingException(e.reason(), "stream " + membership + ": " + e.getMessage(), e);
        }
    }

    boolean isReady() {
        return link.isReady() && consumer.isWell();
    }

    long reconnects() {
        return link.reconnects();
    }

    void counters(Map<String, Long> counters) {
        String name = "stream." + membership;
        counters.put(name + ".handled", consumer.handled.sum());
        counters.put(name + ".failed", consumer.failed.sum());
        counters.put(name + ".dead", consumer.dead.sum());
        counters.put(name + ".repeated", consumer.repeated.sum());
        counters.put(name + ".takenOver", consumer.takenOver.sum());
        counters.put(name + ".held", (long) consumer.held());
    }

    /** Begins to end: reads nothing more, and begins nothing more. */
    void end() {
        draining = true;
        reader.end();
        consumer.end();
        long client = reader.client();
        if (link.isReady() && client != 0) {
            commands.unblock(client);
        }
    }

    void awaitEnd(long deadline) throws InterruptedException {
        if (link.isReady()) {
            // What comes with the last answer is given back too.
            reader.awaitEnd(Math.min(deadline - System.nanoTime(), 2 * heartbeat.toNanos()));
        }
        boolean ended = consumer.awaitEnd(deadline - System.nanoTime());
        if (ended && link.isReady()) {
            leave(deadline);
        }
    }

    /** Leaves the group, if nothing is left. */
    private void leave(long deadline) throws InterruptedException {
        CompletableFuture<Object> left = new CompletableFuture<>();
        commands.tidy(membership.name(), Duration.ZERO, (count, error) -> left.complete("left"));
        try {
            left.get(Math.min(LEAVING.toNanos(), Math.max(0, deadline - System.nanoTime())), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("stream {}: the consumer is still in the group", membership, e);
        }
    }

    void close() {
        upkeep.forEach(task -> task.cancel(false));
        consumer.end();
        consumer.close();
        reader.close();
        link.close();
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.stream;

import dev.cyanotype.spi.MountedConsumer;
import dev.cyanotype.spi.Reply;
import dev.cyanotype.spi.StreamEntry;
import dev.cyanotype.spi.TransportContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Runs the entries that one consumer has, and sees to what becomes of each. Thread-safe. */
final class GroupConsumer implements GroupReader.Reader {

    private static final Logger LOG = LoggerFactory.getLogger("dev.cyanotype.redis");

    /** How long it is kept that a group has handled a key. */
    static final Duration KEY_LIFE = Duration.ofHours(24);

    /** How long an entry rests after Redis did not answer what has to be known before it is run. */
    private static final long UNKNOWN_MILLIS = 500;

    private final TransportContext context;
    private final MountedConsumer consumer;
    private final GroupCommands commands;
    private final Reclaim reclaim;
    private final ScheduledExecutorService timer;
    private final Holdings holdings;
    private final Settling settling;
    private final Letter letter;
    private final Pace pace;
    private final long sureNanos;
    private volatile boolean moreLeft;

    final LongAdder handled = new LongAdder();
    final LongAdder failed = new LongAdder();
    final LongAdder dead = new LongAdder();
    final LongAdder repeated = new LongAdder();
    final LongAdder takenOver = new LongAdder();

    GroupConsumer(
            TransportContext context,
            MountedConsumer consumer,
            GroupCommands commands,
            ScheduledExecutorService timer) {
        this.context = context;
        this.consumer = consumer;
        this.commands = commands;
        this.reclaim = commands;
        this.timer = timer;
        this.holdings = new Holdings(consumer.options().concurrency());
        this.settling = new Settling(commands.membership(), timer);
        this.letter = new Letter(consumer, context.json());
        this.pace =
                new Pace(consumer.options().concurrency(), consumer.options().maxDeliveries() > 1);
        this.sureNanos = consumer.options().reclaimAfter().toNanos() / 2;
        holdings.ahead(pace.ahead());
    }

    @Override
    public int awaitRoom(long nanos) throws InterruptedException {
        return holdings.awaitRoom(nanos);
    }

    @Override
    public void read(List<Entry> entries, long askedAt) {
        take(entries.stream().map(entry -> Held.read(entry, askedAt)).toList());
    }

    @Override
    public void found(List<Held> entries) {
        take(entries);
    }

    /** Entries of consumers that are no more. */
    void takeOver(List<String> ids) {
        List<Held> taken = ids.stream().map(id -> Held.taken(id, false)).toList();
        int added = take(taken);
        takenOver.add(added);
        moreLeft = added > 0;
    }

    private int take(List<Held> entries) {
        int taken = 0;
        List<Held> refused = new ArrayList<>();
        for (Held held : entries) {
            if (holdings.add(held)) {
                taken++;
            } else if (holdings.isEnded()) {
                refused.add(held);
            }
        }
        if (!refused.isEmpty()) {
            giveBack(refused);
        }
        advance();
        return taken;
    }

    /** Lets entries go on that wait, as far as there are places. */
    private void advance() {
        for (Held next = holdings.next(); next != null; next = holdings.next()) {
            Held held = next;
            Entry entry = held.entry;
            if (entry == null || System.nanoTime() - held.oursAt > sureNanos) {
                begin(held);
            } else {
                enter(held, entry);
            }
        }
    }

    /** Makes sure that an entry is still ours, and counts its delivery. */
    private void begin(Held held) {
        int most = consumer.options().maxDeliveries();
        long askedAt = System.nanoTime();
        commands.begin(held, most, (reply, error) -> {
            if (error != null) {
                unknown(held, error);
                return;
            }
            GroupCommands.Begun begun = GroupCommands.Begun.of(held.id, reply);
            held.deliveries = begun.deliveries();
            held.oursAt = askedAt;
            switch (begun.outcome()) {
                case "run" -> {
                    held.entry = begun.entry();
                    held.unrun = true;
                    enter(held, begun.entry());
                }
                case "spent" -> execute(held, () -> spent(held, begun.entry()));
                case "gone" -> {
                    LOG.warn("stream {}: entry {} was deleted before it was handled", commands.membership(), held.id);
                    over(held);
                }
                default -> over(held);
            }
        });
    }

    /** Redis can't say what has to be known, so that is asked again later. */
    private void unknown(Held held, Throwable error) {
        if (GroupCommands.isVanished(error)) {
            over(held);
        } else {
            LOG.debug("stream {}: entry {} can't be begun yet", commands.membership(), held.id, error);
            rest(held, UNKNOWN_MILLIS + ThreadLocalRandom.current().nextLong(UNKNOWN_MILLIS));
        }
    }

    private void over(Held held) {
        holdings.remove(held);
        advance();
        if (moreLeft && holdings.hasBegunTaken()) {
            // Where one was left there are others: a dead replica's are not taken over one in each interval.
            moreLeft = false;
            reclaim();
        }
    }

    /** Leaves out what the group has handled under the same key, and lets wait what it is at under the same key. */
    private void enter(Held held, Entry entry) {
        String key = entry.key();
        if (key == null) {
            execute(held, () -> run(held, entry));
            return;
        }
        if (!holdings.enter(held, key)) {
            return;
        }
        commands.enter(held, key, consumer.options().reclaimAfter(), KEY_LIFE, (outcome, error) -> {
            if (error != null) {
                unknown(held, error);
                return;
            }
            switch (outcome) {
                case "run" -> execute(held, () -> run(held, entry));
                case "handled" -> {
                    repeated.increment();
                    over(held);
                }
                case "wait" -> {
                    held.unrun = false;
                    rest(held, held.nextTurn(consumer.options().reclaimAfter()));
                }
                default -> over(held);
            }
        });
    }

    private void execute(Held held, Runnable task) {
        try {
            context.executor().execute(() -> {
                try {
                    task.run();
                } catch (RuntimeException e) {
                    LOG.error("stream {}: entry {} could not be handled", commands.membership(), held.id, e);
                    rest(held, TimeUnit.SECONDS.toMillis(1));
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.error("stream {}: the executor takes no work", commands.membership(), e);
            rest(held, TimeUnit.SECONDS.toMillis(1));
        }
    }

    private void run(Held held, Entry entry) {
        if (holdings.isEnded()) {
            // Nothing is begun any more, so that it is given back.
            rest(held, 0);
            return;
        }
        JsonNode value;
        try {
            value = entry.value(context.json());
        } catch (RuntimeException e) {
            bury(held, entry, null, String.valueOf(e.getMessage()));
            return;
        }
        held.unrun = false;
        long began = System.nanoTime();
        StreamEntry delivery = new StreamEntry(held.id, value, held.deliveries);
        context.dispatcher().entry(consumer, delivery).whenComplete((reply, error) -> {
            holdings.ahead(pace.took(System.nanoTime() - began));
            if (error == null) {
                ended(held, entry, value, reply);
            } else {
                LOG.error("stream {}: entry {} was not run", commands.membership(), held.id, error);
                retry(held);
            }
        });
    }

    private void ended(Held held, Entry entry, JsonNode value, Reply reply) {
        if (!reply.isError()) {
            handled.increment();
            String key = held.key;
            settle(held, completion -> {
                if (key == null) {
                    commands.acknowledge(held.id, completion);
                } else {
                    commands.handled(held.id, key, KEY_LIFE, completion);
                }
            });
            return;
        }
        failed.increment();
        if (reply.isPermanent() || held.deliveries >= consumer.options().maxDeliveries()) {
            bury(held, entry, value, reply.payload().path("error").asString(""));
        } else {
            retry(held);
        }
    }

    /** Goes by the app's time, as all that is promised of retries. */
    private void retry(Held held) {
        Duration rest = consumer.options().retryAfter(held.deliveries);
        Duration whole = rest.plus(context.clock().jitter(rest.dividedBy(5)));
        rest(held, whole.toMillis(), task -> context.clock().schedule(whole, task));
    }

    /** Goes by real time, because it is Redis or this machine that is waited for. */
    private void rest(Held held, long millis) {
        rest(held, millis, task -> {
            try {
                timer.schedule(task, millis, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                // Closed. The entry stays pending, and comes again.
            }
        });
    }

    private void rest(Held held, long millis, Consumer<Runnable> later) {
        if (holdings.rest(held, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis))) {
            later.accept(() -> wake(held));
        } else {
            giveBack(List.of(held));
        }
        advance();
    }

    private void wake(Held held) {
        holdings.wake(held);
        advance();
    }

    /** An entry that was tried as often as it may be, the last time by a replica that did not live to tell. */
    private void spent(Held held, Entry entry) {
        JsonNode value = null;
        try {
            value = entry.value(context.json());
        } catch (RuntimeException e) {
            LOG.debug("stream {}: entry {} can't be read", commands.membership(), held.id, e);
        }
        bury(held, entry, value, "the entry was begun, and whoever ran it ended before it did");
    }

    private void bury(Held held, Entry entry, @Nullable JsonNode value, String reason) {
        List<byte[]> fields = letter.write(entry, value, held.deliveries, reason);
        settle(
                held,
                completion -> commands.bury(held.id, fields, (buried, error) -> {
                    if (Long.valueOf(1).equals(buried)) {
                        dead.increment();
                        LOG.error(
                                "stream {}: entry {} was tried {} times and is a dead letter in '{}' now: {}",
                                commands.membership(),
                                held.id,
                                held.deliveries,
                                consumer.deadLetters(),
                                reason);
                    }
                    completion.complete(buried, error);
                }));
    }

    private void settle(Held held, Settling.Step step) {
        holdings.settle(held);
        settling.settle(step, () -> over(held));
        advance();
    }

    /** Lets others have what is not begun; what rests, when it would have been tried again. */
    private void giveBack(List<Held> entries) {
        long now = System.nanoTime();
        long enough = consumer.options().reclaimAfter().toMillis();
        List<Long> idle =
                entries.stream().map(held -> enough + 1 - held.restMillis(now)).toList();
        commands.giveBack(entries, idle, (reply, error) -> {
            if (error != null) {
                LOG.warn("stream {}: entries could not be given back: {}", commands.membership(), error.getMessage());
            }
        });
    }

    /** Shows that this consumer lives. */
    void renew() {
        List<String> ids = holdings.ids();
        long askedAt = System.nanoTime();
        commands.renew(ids, (batch, lost, error) -> {
            if (error == null) {
                holdings.renewed(batch, lost, askedAt);
            }
        });
    }

    /** Looks for what dead replicas have left. */
    void reclaim() {
        int room = holdings.roomToTake();
        if (room > 0) {
            reclaim.sweep(consumer.options().reclaimAfter(), room, this::takeOver);
        }
    }

    /** Lets others have what waits behind a slow entry for as long as it would if this replica were dead. */
    void giveBackOverdue() {
        List<Held> overdue = holdings.overdue(consumer.options().reclaimAfter().toNanos());
        if (!overdue.isEmpty()) {
            giveBack(overdue);
        }
    }

    /** Begins nothing any more, and gives back what was not begun. */
    void end() {
        List<Held> left = holdings.end();
        if (!left.isEmpty()) {
            giveBack(left);
        }
    }

    /** Waits for what runs. */
    boolean awaitEnd(long nanos) throws InterruptedException {
        return holdings.awaitNone(nanos);
    }

    boolean isWell() {
        return settling.isWell();
    }

    int held() {
        return holdings.size();
    }

    void close() {
        settling.close();
    }
}

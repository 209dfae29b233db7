/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.stream;

import dev.cyanotype.internal.redis.link.DialogLink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/** Reads new entries for one consumer, as many as it has room for, and keeps the group in being. */
final class GroupReader implements DialogLink.Dialog {

    private static final Logger LOG = LoggerFactory.getLogger("dev.cyanotype.redis");

    /** A group that vanishes is made again not more often than this. */
    private static final long RECREATE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final int MOST_FOUND = 1_000;
    private static final String NEW = ">";

    /** Reading what this consumer has beyond this gives nothing, but fails where reading would. */
    private static final String BEYOND_ALL = "18446744073709551615-18446744073709551615";

    /** Who reads. All is called on the thread that reads. */
    interface Reader {

        /** How many entries there is room for; waits for room. */
        int awaitRoom(long nanos) throws InterruptedException;

        /**
         * Entries that nobody had before.
         *
         * @param askedAt they became this consumer's after this, by {@link System#nanoTime()}
         */
        void read(List<Entry> entries, long askedAt);

        /** Entries that are this consumer's, which may not know of them. */
        void found(List<Held> entries);
    }

    private final Membership membership;
    private final Reader reader;
    private final CountDownLatch ending = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile long client;
    private boolean known;
    private long created;
    private long askedAt;

    GroupReader(Membership membership, Reader reader) {
        this.membership = membership;
        this.reader = reader;
        this.created = System.nanoTime() - RECREATE_NANOS;
    }

    private CommandArguments read(int count, long blockMillis, String from) {
        CommandArguments read = new CommandArguments(Command.XREADGROUP)
                .add("GROUP")
                .add(membership.group())
                .add(membership.name())
                .add("COUNT")
                .add(count);
        if (blockMillis > 0) {
            read.add("BLOCK").add(blockMillis);
        }
        return read.add("STREAMS").add(membership.stream()).add(from);
    }

    @Override
    public void opened(DialogLink.Line line) {
        client = line.ask(new CommandArguments(Command.CLIENT).add("ID")) instanceof Long id ? id : 0;
        Object answer = line.ask(read(1, 0, BEYOND_ALL));
        if (answer instanceof JedisDataException error) {
            if (!GroupCommands.isVanished(error)) {
                throw error;
            }
            create(line);
        }
        known = true;
        find(line);
    }

    /** What was read over the connection before this one may have been lost with it. */
    private void find(DialogLink.Line line) {
        Object pending = line.demand(new CommandArguments(Command.XPENDING)
                .add(membership.stream())
                .add(membership.group())
                .add("-")
                .add("+")
                .add(MOST_FOUND)
                .add(membership.name()));
        List<Held> found = new ArrayList<>();
        if (pending instanceof List<?> entries) {
            for (Object entry : entries) {
                List<?> parts = (List<?>) entry;
                boolean unrun = Long.valueOf(1).equals(parts.get(3));
                found.add(Held.taken(Entry.text(parts.get(0)), unrun));
            }
        }
        if (!found.isEmpty()) {
            reader.found(found);
        }
    }

    private void create(DialogLink.Line line) {
        long rest = created + RECREATE_NANOS - System.nanoTime();
        if (rest > 0) {
            pause(rest);
        }
        created = System.nanoTime();
        // From the first entry on: nothing that was appended before the first start is missed.
        Object answer = line.ask(new CommandArguments(Command.XGROUP)
                .add("CREATE")
                .add(membership.stream())
                .add(membership.group())
                .add("0")
                .add("MKSTREAM"));
        if (answer instanceof JedisDataException error
                && !String.valueOf(error.getMessage()).startsWith("BUSYGROUP")) {
            throw error;
        }
        if (known) {
            LOG.warn("stream {}: the group had vanished from redis and was made again", membership);
        }
    }

    @Override
    public @Nullable CommandArguments next(Duration patience) throws InterruptedException {
        if (ending.getCount() == 0) {
            ended.countDown();
            closed.await(patience.toNanos(), TimeUnit.NANOSECONDS);
            return null;
        }
        int room = reader.awaitRoom(patience.toNanos());
        if (room == 0) {
            return null;
        }
        askedAt = System.nanoTime();
        return read(room, Math.max(1, patience.toMillis()), NEW);
    }

    @Override
    public void answered(DialogLink.Line line, @Nullable Object answer) {
        if (answer instanceof JedisDataException error) {
            if (!GroupCommands.isVanished(error)) {
                throw error;
            }
            create(line);
            return;
        }
        List<Entry> entries = Entry.ofOneStream(answer);
        if (!entries.isEmpty()) {
            reader.read(entries, askedAt);
        }
    }

    private void pause(long nanos) {
        try {
            ending.await(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reads nothing more, from the next answer on. */
    void end() {
        ending.countDown();
    }

    /** Waits for nothing any more. */
    void close() {
        ending.countDown();
        closed.countDown();
    }

    /** The connection, by the number that Redis gave it; 0 if it gave none. */
    long client() {
        return client;
    }

    /** Waits until nothing more is read. */
    boolean awaitEnd(long nanos) throws InterruptedException {
        return ended.await(Math.max(0, nanos), TimeUnit.NANOSECONDS);
    }
}

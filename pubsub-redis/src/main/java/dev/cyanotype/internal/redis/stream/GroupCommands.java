/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.stream;

import dev.cyanotype.internal.redis.link.Commands;
import dev.cyanotype.internal.redis.link.Completion;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/** What one consumer asks Redis besides reading. Nothing here waits. Thread-safe. */
final class GroupCommands implements Reclaim {

    private static final Logger LOG = LoggerFactory.getLogger("dev.cyanotype.redis");

    private static final byte[] JUSTID = "JUSTID".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] COUNT = "COUNT".getBytes(StandardCharsets.US_ASCII);

    private static final String START = "0-0";

    /** So many entries are renewed in one step. */
    private static final int BATCH = 250;

    /** So many steps of looking for idle entries are done in a row. */
    private static final int MOST_STEPS = 100;

    /** So many entries are removed in one step, for which Redis needs about a millisecond. */
    private static final int TRIMMED = 10_000;

    private final Commands commands;
    private final Membership membership;
    private volatile String cursor = START;
    private volatile boolean sweepFailed;

    GroupCommands(Commands commands, Membership membership) {
        this.commands = commands;
        this.membership = membership;
    }

    Membership membership() {
        return membership;
    }

    /** Whether an error says that there is no such stream, or no such group of it. */
    static boolean isVanished(@Nullable Throwable error) {
        String text = error == null ? null : error.getMessage();
        return text != null && (text.contains("NOGROUP") || text.startsWith("UNBLOCKED"));
    }

    private static boolean isOfTwoNodes(@Nullable Throwable error) {
        String text = error == null ? null : error.getMessage();
        return text != null && text.startsWith("CROSSSLOT");
    }

    private void send(CommandArguments command, Completion completion) {
        commands.send(membership.stream(), command, completion);
    }

    private CommandArguments command(Command command) {
        return new CommandArguments(command).add(membership.stream()).add(membership.group());
    }

    private CommandArguments script(Scripts script, byte @Nullable [] second) {
        CommandArguments eval = new CommandArguments(Command.EVAL).add(script.text());
        if (second == null) {
            eval.add(1).add(membership.stream());
        } else {
            eval.add(2).add(membership.stream()).add(second);
        }
        return eval.add(membership.group()).add(membership.name());
    }

    /** What {@link Scripts#BEGIN} says. */
    record Begun(String outcome, int deliveries, Entry entry) {

        static Begun of(String id, @Nullable Object reply) {
            List<?> parts = reply instanceof List<?> list && !list.isEmpty() ? list : List.of("lost");
            int deliveries = parts.size() > 1 ? ((Long) parts.get(1)).intValue() : 0;
            return new Begun(
                    Entry.text(parts.get(0)), deliveries, Entry.of(id, parts.size() > 2 ? parts.get(2) : null));
        }
    }

    /**
     * What {@code XAUTOCLAIM} gives.
     *
     * @param cursor where to go on
     * @param ids what is this consumer's now; with Redis 6.2 also what was deleted from the stream
     * @param deleted with Redis 7 what was deleted from the stream, and is pending no more
     */
    record Swept(String cursor, List<String> ids, List<String> deleted) {

        static Swept of(@Nullable Object reply) {
            List<?> parts = reply instanceof List<?> list && list.size() > 1 ? list : List.of(START, List.of());
            return new Swept(
                    Entry.text(parts.get(0)), texts(parts.get(1)), parts.size() > 2 ? texts(parts.get(2)) : List.of());
        }

        /** Whether all that is pending has been looked at. */
        boolean isWhole() {
            return cursor.equals(START);
        }
    }

    void begin(Held held, int maxDeliveries, Completion completion) {
        send(script(Scripts.BEGIN, null).add(held.id).add(held.unrun ? 1 : 0).add(maxDeliveries), completion);
    }

    /** Gets what {@link Scripts#ENTER} says. */
    @FunctionalInterface
    interface Entered {

        void entered(String outcome, @Nullable Throwable error);
    }

    /**
     * Takes a key for an entry.
     *
     * @param alive how long whoever has another entry of the key may give no sign
     */
    void enter(Held held, String key, Duration alive, Duration kept, Entered then) {
        byte[] note = membership.note(key);
        CommandArguments enter = script(Scripts.ENTER, note)
                .add(held.id)
                .add(held.unrun ? 1 : 0)
                .add(alive.toMillis())
                .add(kept.toMillis());
        send(enter, (reply, error) -> {
            if (isOfTwoNodes(error)) {
                look(held, note, then);
            } else {
                then.entered(Entry.text(reply), error);
            }
        });
    }

    /** All that can be done where the note is on another node than the stream. */
    private void look(Held held, byte[] note, Entered then) {
        commands.send(note, new CommandArguments(Command.GET).add(note), (known, error) -> {
            if (error != null || known == null) {
                then.entered("run", error);
            } else {
                acknowledge(held.id, (done, failed) -> then.entered("handled", failed));
            }
        });
    }

    void acknowledge(String id, Completion completion) {
        send(command(Command.XACK).add(id), completion);
    }

    void handled(String id, String key, Duration kept, Completion completion) {
        byte[] note = membership.note(key);
        send(script(Scripts.HANDLED, note).add(id).add(kept.toMillis()), (reply, error) -> {
            if (!isOfTwoNodes(error)) {
                completion.complete(reply, error);
                return;
            }
            // The note comes first: an entry that is noted but not acknowledged is not run again.
            CommandArguments set = new CommandArguments(Command.SET)
                    .add(note)
                    .add(id)
                    .add("PX")
                    .add(kept.toMillis());
            commands.send(note, set, (done, failed) -> {
                if (failed == null) {
                    acknowledge(id, completion);
                } else {
                    completion.complete(done, failed);
                }
            });
        });
    }

    /** Makes an entry a dead letter; the reply is 1, or something else if it is not this consumer's any more. */
    void bury(String id, List<byte[]> letter, Completion completion) {
        CommandArguments bury = script(Scripts.BURY, membership.deadLetters()).add(id);
        letter.forEach(bury::add);
        send(bury, (reply, error) -> {
            if (!isOfTwoNodes(error)) {
                completion.complete(reply, error);
                return;
            }
            renew(List.of(id), (ids, lost, unknown) -> {
                if (unknown != null || !lost.isEmpty()) {
                    completion.complete(null, unknown);
                } else {
                    buryOnAnotherNode(id, letter, completion);
                }
            });
        });
    }

    /** The letter comes first: there may be two of it, but never none. */
    private void buryOnAnotherNode(String id, List<byte[]> letter, Completion completion) {
        CommandArguments add =
                new CommandArguments(Command.XADD).add(membership.deadLetters()).add("*");
        letter.forEach(add::add);
        commands.send(membership.deadLetters(), add, (done, failed) -> {
            if (failed == null) {
                acknowledge(id, (acknowledged, error) -> completion.complete(error == null ? 1L : null, error));
            } else {
                completion.complete(done, failed);
            }
        });
    }

    /** Gets what became of a batch. */
    @FunctionalInterface
    interface Renewed {

        void renewed(List<String> ids, List<String> lost, @Nullable Throwable error);
    }

    void renew(List<String> ids, Renewed then) {
        for (int from = 0; from < ids.size(); from += BATCH) {
            List<String> batch = ids.subList(from, Math.min(ids.size(), from + BATCH));
            CommandArguments renew = script(Scripts.RENEW, null);
            batch.forEach(renew::add);
            send(renew, (reply, error) -> then.renewed(batch, error == null ? texts(reply) : List.of(), error));
        }
    }

    /**
     * Gives entries back.
     *
     * @param idle for how many milliseconds each shall seem idle
     */
    void giveBack(List<Held> entries, List<Long> idle, Completion completion) {
        for (int from = 0; from < entries.size(); from += BATCH) {
            CommandArguments back = script(Scripts.RETURN, null);
            for (int i = from; i < Math.min(entries.size(), from + BATCH); i++) {
                Held held = entries.get(i);
                back.add(held.id).add(Math.max(0, idle.get(i))).add(held.unrun ? 1 : 0);
            }
            send(back, completion);
        }
    }

    @Override
    public void sweep(Duration idle, int most, Consumer<List<String>> taken) {
        sweep(idle, most, taken, MOST_STEPS);
    }

    private void sweep(Duration idle, int most, Consumer<List<String>> taken, int steps) {
        CommandArguments claim = command(Command.XAUTOCLAIM)
                .add(membership.name())
                .add(Math.max(1, idle.toMillis()))
                .add(cursor)
                .add(COUNT)
                .add(most)
                .add(JUSTID);
        send(claim, (reply, error) -> {
            if (error != null) {
                cursor = START;
                notSwept(error);
                return;
            }
            sweepFailed = false;
            Swept swept = Swept.of(reply);
            cursor = swept.cursor();
            if (!swept.deleted().isEmpty()) {
                LOG.warn("stream {}: entries {} were deleted before they were handled", membership, swept.deleted());
            }
            if (!swept.ids().isEmpty()) {
                taken.accept(swept.ids());
            } else if (steps > 1 && !swept.isWhole()) {
                sweep(idle, most, taken, steps - 1);
            }
        });
    }

    private void notSwept(Throwable error) {
        if (error instanceof JedisDataException && !isVanished(error) && !sweepFailed) {
            sweepFailed = true;
            LOG.warn(
                    "stream {}: what other replicas have left can't be taken over: {}", membership, error.getMessage());
        }
    }

    /**
     * Removes entries that all groups have handled.
     *
     * @param kept how long they stay in any case
     */
    void trim(Duration kept, Completion completion) {
        trim(kept, completion, MOST_STEPS);
    }

    private void trim(Duration kept, Completion completion, int steps) {
        send(script(Scripts.TRIM, null).add(kept.toMillis()).add(TRIMMED), (reply, error) -> {
            // Somewhat less than allowed, because whole blocks of entries are removed.
            if (reply instanceof Long removed && removed > TRIMMED / 2 && steps > 1) {
                trim(kept, completion, steps - 1);
            } else {
                completion.complete(reply, error);
            }
        });
    }

    /** Removes consumers of replicas that are no more, or just this one. */
    void tidy(byte[] prefix, Duration idle, Completion completion) {
        CommandArguments tidy = new CommandArguments(Command.EVAL)
                .add(Scripts.TIDY.text())
                .add(1)
                .add(membership.stream())
                .add(membership.group())
                .add(prefix)
                .add(idle.toMillis());
        send(tidy, completion);
    }

    /** Ends the reading of a connection that waits for entries. */
    void unblock(long client) {
        // Numbers of connections are those of one node, which is the stream's.
        send(new CommandArguments(Command.CLIENT).add("UNBLOCK").add(client), (reply, error) -> {});
    }

    static List<String> texts(@Nullable Object reply) {
        List<String> texts = new ArrayList<>();
        if (reply instanceof List<?> list) {
            list.forEach(text -> {
                if (text != null) {
                    texts.add(Entry.text(text));
                }
            });
        }
        return texts;
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.bus;

import dev.cyanotype.internal.redis.link.Commands;
import dev.cyanotype.internal.redis.link.Completion;
import dev.cyanotype.internal.redis.link.Outlet;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

/** Publishes messages. Thread-safe. */
final class Publisher {

    private final Commands commands;
    private final Outlet outlet;
    private final boolean sharded;

    /**
     * A publisher.
     *
     * @param outlet what messages go out by
     * @param sharded whether channels are those of the node that owns their slot, and not of all nodes
     */
    Publisher(Commands commands, Outlet outlet, boolean sharded) {
        this.commands = commands;
        this.outlet = outlet;
        this.sharded = sharded;
    }

    /** Publishes a message; the completion gets how many subscribers the node knows, as a {@link Long}. */
    void publish(String channel, byte[] message, Completion completion) {
        byte[] name = channel.getBytes(StandardCharsets.UTF_8);
        CommandArguments publish = new CommandArguments(sharded ? Command.SPUBLISH : Command.PUBLISH)
                .add(name)
                .add(message);
        if (sharded) {
            outlet.send(name, publish, completion);
        } else {
            outlet.send(publish, completion);
        }
    }

    /** Counts the subscribers of a channel, on all nodes; the completion gets their number, as a {@link Long}. */
    void count(String channel, Completion completion) {
        byte[] name = channel.getBytes(StandardCharsets.UTF_8);
        if (sharded) {
            CommandArguments count =
                    new CommandArguments(Command.PUBSUB).add("SHARDNUMSUB").add(name);
            commands.send(
                    name,
                    count,
                    (reply, error) -> completion.complete(error == null ? sum(List.of(reply)) : 0L, error));
        } else {
            CommandArguments count =
                    new CommandArguments(Command.PUBSUB).add("NUMSUB").add(name);
            commands.sendToAll(
                    count, (replies, error) -> completion.complete(error == null ? sum(replies) : 0L, error));
        }
    }

    /** Each reply is a list of the name and the number. */
    private static long sum(@Nullable Object replies) {
        long sum = 0;
        for (Object reply : (List<?>) Objects.requireNonNull(replies, "replies")) {
            sum += (Long) ((List<?>) reply).get(1);
        }
        return sum;
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.bus;

import dev.cyanotype.internal.redis.link.Commands;
import dev.cyanotype.internal.redis.link.Completion;
import java.nio.charset.StandardCharsets;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;

/** Publishes messages. Thread-safe. */
final class Publisher {

    private final Commands commands;

    Publisher(Commands commands) {
        this.commands = commands;
    }

    /** Publishes a message; the completion gets how many subscribers the node knows, as a {@link Long}. */
    void publish(String channel, byte[] message, Completion completion) {
        commands.send(
                new CommandArguments(Protocol.Command.PUBLISH)
                        .add(channel.getBytes(StandardCharsets.UTF_8))
                        .add(message),
                completion);
    }
}

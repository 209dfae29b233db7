/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.link;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

/** Which channels are heard, and how Redis speaks of them. */
enum ChannelKind {
    /** Channels of all nodes. */
    CLASSIC(Command.SUBSCRIBE, Command.UNSUBSCRIBE, "message", "subscribe", "unsubscribe"),
    /** Channels of the node that owns their slot. */
    SHARDED(Command.SSUBSCRIBE, Command.SUNSUBSCRIBE, "smessage", "ssubscribe", "sunsubscribe");

    private final Command subscribe;
    private final Command unsubscribe;

    // Nobody writes to any of them.
    @SuppressWarnings("ImmutableEnumChecker")
    private final byte[] message;

    @SuppressWarnings("ImmutableEnumChecker")
    private final byte[] confirmation;

    @SuppressWarnings("ImmutableEnumChecker")
    private final byte[] end;

    ChannelKind(Command subscribe, Command unsubscribe, String message, String confirmation, String end) {
        this.subscribe = subscribe;
        this.unsubscribe = unsubscribe;
        this.message = message.getBytes(StandardCharsets.US_ASCII);
        this.confirmation = confirmation.getBytes(StandardCharsets.US_ASCII);
        this.end = end.getBytes(StandardCharsets.US_ASCII);
    }

    /** What has to be sent to hear channels. */
    List<CommandArguments> subscribe(Collection<byte[]> channels) {
        return commands(subscribe, channels);
    }

    /** What has to be sent to hear channels no more. */
    List<CommandArguments> unsubscribe(Collection<byte[]> channels) {
        return commands(unsubscribe, channels);
    }

    /** Channels of several slots do not go into one command, even where one node has them. */
    private List<CommandArguments> commands(Command command, Collection<byte[]> channels) {
        if (this == SHARDED) {
            return channels.stream()
                    .map(channel -> new CommandArguments(command).add(channel))
                    .toList();
        }
        CommandArguments all = new CommandArguments(command);
        channels.forEach(all::add);
        return List.of(all);
    }

    boolean isMessage(byte[] kind) {
        return Arrays.equals(kind, message);
    }

    boolean isConfirmation(byte[] kind) {
        return Arrays.equals(kind, confirmation);
    }

    /** Whether it says that a channel is heard no more. */
    boolean isEnd(byte[] kind) {
        return Arrays.equals(kind, end);
    }
}

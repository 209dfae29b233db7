/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.link;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;

/** A command on its way, with whoever waits for its reply. */
final class Command {

    /** Of the protocol's own, for each argument. */
    private static final int OVERHEAD = 16;

    private final CommandArguments arguments;
    private final Completion completion;
    private final long expires;
    private final int size;
    private final boolean asking;
    private final boolean fence;

    Command(CommandArguments arguments, Completion completion, long expires, boolean asking) {
        this(arguments, completion, expires, asking, false);
    }

    private Command(CommandArguments arguments, Completion completion, long expires, boolean asking, boolean fence) {
        this.asking = asking;
        this.fence = fence;
        this.arguments = arguments;
        this.completion = completion;
        this.expires = expires;
        int bytes = 0;
        for (int i = 0; i < arguments.size(); i++) {
            bytes += arguments.get(i).getRaw().length + OVERHEAD;
        }
        this.size = bytes;
    }

    /**
     * What is sent after a command that has a reply only if it is refused: an error in this one's place is that reply, which
     * would else be taken for that of whichever command comes next.
     */
    static Command fence() {
        return new Command(new CommandArguments(Protocol.Command.PING), (reply, error) -> {}, 0, false, true);
    }

    boolean isFence() {
        return fence;
    }

    CommandArguments arguments() {
        return arguments;
    }

    /** Whether it is for a slot that this node is about to get. */
    boolean isAsking() {
        return asking;
    }

    /** About how many bytes it has. */
    int size() {
        return size;
    }

    /** Whether it is too late to send it. */
    boolean isExpired(long now) {
        return now - expires >= 0;
    }

    void complete(@Nullable Object reply) {
        completion.complete(reply, reply instanceof Throwable error ? error : null);
    }
}

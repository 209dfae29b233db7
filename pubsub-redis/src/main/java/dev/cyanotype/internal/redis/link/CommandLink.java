/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.link;

import dev.cyanotype.message.MessagingException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;

/**
 * Sends commands.
 *
 * <p>What is not yet on the wire when a connection is lost waits for the next one. What was, fails with it.
 */
final class CommandLink extends Link {

    private final Pipeline pipeline = new Pipeline(this);

    CommandLink(String name, Route route, LinkConfig config, ScheduledExecutorService timer) {
        super(name, route, config, timer);
    }

    /**
     * Sends a command; never waits for its reply.
     *
     * @param completion gets the reply, or a {@link MessagingException} if there is none
     */
    void send(CommandArguments arguments, Completion completion) {
        send(arguments, completion, expiry(), false);
    }

    /**
     * Sends a command.
     *
     * @param expires when it is too late to send it, by {@link System#nanoTime()}
     * @param asking whether it is for a slot that this node is about to get
     */
    void send(CommandArguments arguments, Completion completion, long expires, boolean asking) {
        Command command = new Command(arguments, completion, expires, asking);
        MessagingException refused = isClosed() ? new NotSentException() : pipeline.offer(command);
        if (refused != null) {
            command.complete(refused);
        } else if (isClosed()) {
            // Closed between the two, so that nobody would give it up.
            lost(new IllegalStateException("the connection is closed"));
        }
    }

    @Override
    void opened(Wire opened) {
        ready();
        pipeline.open(opened);
    }

    @Override
    void read(Wire wire) {
        List<@Nullable Object> replies = new ArrayList<>();
        while (true) {
            do {
                replies.add(wire.read());
            } while (wire.hasMore());
            sign();
            pipeline.answered(replies);
        }
    }

    /** Nothing while replies are awaited: those are signs enough. */
    @Override
    void sendHeartbeat() {
        if (pipeline.isIdle()) {
            send(new CommandArguments(Protocol.Command.PING), (reply, error) -> {});
        }
    }

    @Override
    void lost(Throwable cause) {
        pipeline.lost(cause, isClosed());
    }

    @Override
    void tick() {
        pipeline.expire();
    }

    @Override
    public void close() {
        super.close();
        lost(new IllegalStateException("the connection is closed"));
    }
}

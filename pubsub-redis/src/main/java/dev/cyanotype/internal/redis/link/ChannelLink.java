/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.link;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import redis.clients.jedis.CommandArguments;

/** Hears channels, whatever becomes of nodes and connections. Thread-safe. */
public interface ChannelLink extends AutoCloseable {

    /** Hears what comes. Called on a thread that reads, so it should not block. */
    interface Subscriber {

        /**
         * A message.
         *
         * @param freshAt the message was published after this, by {@link System#nanoTime()}
         */
        void message(String channel, byte[] message, long freshAt);

        /** Channels are heard again, after a time in which messages on them may have been missed. */
        void missed(Set<String> channels, Instant from, Instant to);

        /** A channel is heard, for the first time or again. */
        default void heard(String channel) {}
    }

    /**
     * Hears channels.
     *
     * @param sharded whether they are channels of the node that owns their slot, and not of all nodes
     */
    static ChannelLink of(
            String name,
            Topology topology,
            LinkConfig config,
            ScheduledExecutorService timer,
            boolean sharded,
            Collection<String> channels,
            Subscriber subscriber) {
        return sharded
                ? new ShardedSubscription(name, topology, config, timer, channels, subscriber)
                : new SubscriberLink(name, topology.toAny(), config, timer, ChannelKind.CLASSIC, channels, subscriber);
    }

    /** Begins to connect. */
    void start();

    /** Hears a further channel, as soon as there is a connection. Does not wait for that. */
    void subscribe(String channel);

    /** Whether Redis has confirmed that a channel is heard. */
    boolean hears(String channel);

    /** Hears no channel of these any more, and does not try to. */
    void unsubscribe(Collection<String> gone);

    /**
     * Sends a command over the connection that the messages come on, which saves both sides half of the system calls of an
     * exchange.
     *
     * @param completion gets the reply, or a {@link NotSentException} if the connection was lost before
     * @return false if that can't be done: messages and replies can be told from each other in RESP3 only
     */
    default boolean send(CommandArguments command, Completion completion) {
        return false;
    }

    /** Whether all channels are heard. */
    boolean isReady();

    /**
     * Waits until all channels are heard.
     *
     * @throws dev.cyanotype.message.MessagingException if they are not in time
     */
    void awaitReady(Duration timeout) throws InterruptedException;

    /** Waits until all channels are heard, or the attempt has failed. */
    void awaitAttempt(Duration timeout) throws InterruptedException;

    /** How often a connection was lost. */
    long reconnects();

    @Override
    void close();
}

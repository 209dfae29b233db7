/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.link;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisDataException;

/** Hears channels, whatever becomes of a connection. */
public final class SubscriberLink extends Link {

    /** Hears what comes. Called on the thread that reads, so it should not block. */
    public interface Subscriber {

        /**
         * A message.
         *
         * @param freshAt the message was published after this, by {@link System#nanoTime()}
         */
        void message(String channel, byte[] message, long freshAt);

        /** All channels are heard again, after a time in which messages may have been missed. */
        void missed(Instant from, Instant to);
    }

    private record Ping(long nanos, Instant instant) {

        static Ping now() {
            return new Ping(System.nanoTime(), Instant.now());
        }
    }

    private final Subscriber subscriber;
    private final Shards commands;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, byte[]> channels = new HashMap<>();
    private final Set<String> confirmed = new HashSet<>();
    private final Queue<Ping> pings = new ArrayDeque<>();
    private @Nullable Ping lastGood;
    private @Nullable Instant lostSince;
    private volatile long freshAt;

    /** The commands of classic or of sharded channels. */
    public enum Shards {
        /** Channels of all nodes. */
        NONE(Protocol.Command.SUBSCRIBE, Protocol.Command.UNSUBSCRIBE, "message", "subscribe"),
        /** Channels of the node that owns their slot. */
        BY_SLOT(Protocol.Command.SSUBSCRIBE, Protocol.Command.SUNSUBSCRIBE, "smessage", "ssubscribe");

        private final Protocol.Command subscribe;
        private final Protocol.Command unsubscribe;
        private final byte[] message;
        private final byte[] confirmation;

        Shards(Protocol.Command subscribe, Protocol.Command unsubscribe, String message, String confirmation) {
            this.subscribe = subscribe;
            this.unsubscribe = unsubscribe;
            this.message = message.getBytes(StandardCharsets.US_ASCII);
            this.confirmation = confirmation.getBytes(StandardCharsets.US_ASCII);
        }
    }

    public SubscriberLink(
            String name,
            Supplier<HostAndPort> node,
            LinkConfig config,
            ScheduledExecutorService timer,
            Shards commands,
            Collection<String> channels,
            Subscriber subscriber) {
        super(name, node, config, timer);
        this.commands = commands;
        this.subscriber = subscriber;
        channels.forEach(channel -> this.channels.put(channel, channel.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void start() {
        super.start();
    }

    /** Hears no channel any more, and does not try to. */
    public void unsubscribe(Collection<String> gone) {
        lock.lock();
        try {
            CommandArguments arguments = new CommandArguments(commands.unsubscribe);
            gone.forEach(channel -> {
                byte[] name = channels.remove(channel);
                if (name != null) {
                    arguments.add(name);
                }
            });
            Wire wire = wire();
            if (wire != null && arguments.size() > 1) {
                send(wire, arguments);
            }
        } catch (RuntimeException e) {
            cut();
        } finally {
            lock.unlock();
        }
    }

    private static void send(Wire wire, CommandArguments arguments) {
        wire.write(arguments);
        wire.flush();
    }

    @Override
    void opened(Wire opened) {
        lock.lock();
        try {
            confirmed.clear();
            pings.clear();
            Ping now = Ping.now();
            freshAt = now.nanos();
            if (!channels.isEmpty()) {
                CommandArguments arguments = new CommandArguments(commands.subscribe);
                channels.values().forEach(arguments::add);
                send(opened, arguments);
            }
            pings.add(now);
            send(opened, new CommandArguments(Protocol.Command.PING));
        } finally {
            lock.unlock();
        }
    }

    @Override
    void read(Wire wire) {
        while (true) {
            Object next = wire.read();
            sign();
            if (next instanceof List<?> parts && !parts.isEmpty() && parts.get(0) instanceof byte[] kind) {
                heard(kind, parts);
            } else if (next instanceof JedisDataException error) {
                throw error;
            } else if (next instanceof byte[]) {
                // RESP3 answers a ping as to any client.
                pong();
            }
        }
    }

    private void heard(byte[] kind, List<?> parts) {
        if (Arrays.equals(kind, commands.message)) {
            message((byte[]) parts.get(1), (byte[]) parts.get(2));
        } else if (Arrays.equals(kind, commands.confirmation)) {
            confirmed(text((byte[]) parts.get(1)));
        } else if (Arrays.equals(kind, PONG)) {
            pong();
        }
    }

    private static final byte[] PONG = "pong".getBytes(StandardCharsets.US_ASCII);

    private void message(byte[] channel, byte[] message) {
        try {
            subscriber.message(text(channel), message, freshAt);
        } catch (RuntimeException e) {
            LOG.error("{}: a message on '{}' could not be handled", name(), text(channel), e);
        }
    }

    private void confirmed(String channel) {
        Instant from;
        lock.lock();
        try {
            confirmed.add(channel);
            from = allConfirmed();
        } finally {
            lock.unlock();
        }
        tell(from);
    }

    private void pong() {
        Instant from;
        lock.lock();
        try {
            Ping ping = pings.poll();
            if (ping != null) {
                lastGood = ping;
                freshAt = ping.nanos();
            }
            from = allConfirmed();
        } finally {
            lock.unlock();
        }
        tell(from);
    }

    /** Since when messages may have been missed, if all is well again with this. */
    private @Nullable Instant allConfirmed() {
        if (isReady() || !confirmed.containsAll(channels.keySet())) {
            return null;
        }
        ready();
        Instant from = lostSince;
        lostSince = null;
        return from;
    }

    private void tell(@Nullable Instant from) {
        if (from != null) {
            subscriber.missed(from, Instant.now());
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    void sendHeartbeat() {
        lock.lock();
        try {
            Wire wire = wire();
            if (wire != null) {
                pings.add(Ping.now());
                send(wire, new CommandArguments(Protocol.Command.PING));
            }
        } catch (RuntimeException e) {
            cut();
        } finally {
            lock.unlock();
        }
    }

    @Override
    void lost(Throwable cause) {
        lock.lock();
        try {
            if (lostSince == null && lastGood != null) {
                lostSince = lastGood.instant();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    void tick() {}
}

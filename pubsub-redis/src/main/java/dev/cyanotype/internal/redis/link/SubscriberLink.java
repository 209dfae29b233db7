/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.link;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisDataException;

/** Hears channels, whatever becomes of a connection. */
public final class SubscriberLink extends Link implements Subscription {

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

    /** Since when messages on a channel may have been missed. */
    private final Map<String, Instant> lostSince = new HashMap<>();

    private volatile long freshAt;

    /** Whether the reading thread is at work on what it has read. */
    private volatile boolean busy;

    /** The commands of classic or of sharded channels. */
    public enum Shards {
        /** Channels of all nodes. */
        NONE(Protocol.Command.SUBSCRIBE, Protocol.Command.UNSUBSCRIBE, "message", "subscribe", "unsubscribe"),
        /** Channels of the node that owns their slot. */
        BY_SLOT(Protocol.Command.SSUBSCRIBE, Protocol.Command.SUNSUBSCRIBE, "smessage", "ssubscribe", "sunsubscribe");

        private final Protocol.Command subscribe;
        private final Protocol.Command unsubscribe;
        // Nobody writes to any of them.
        @SuppressWarnings("ImmutableEnumChecker")
        private final byte[] message;

        @SuppressWarnings("ImmutableEnumChecker")
        private final byte[] confirmation;

        @SuppressWarnings("ImmutableEnumChecker")
        private final byte[] end;

        Shards(
                Protocol.Command subscribe,
                Protocol.Command unsubscribe,
                String message,
                String confirmation,
                String end) {
            this.subscribe = subscribe;
            this.unsubscribe = unsubscribe;
            this.message = message.getBytes(StandardCharsets.US_ASCII);
            this.confirmation = confirmation.getBytes(StandardCharsets.US_ASCII);
            this.end = end.getBytes(StandardCharsets.US_ASCII);
        }
    }

    public SubscriberLink(
            String name,
            Route route,
            LinkConfig config,
            ScheduledExecutorService timer,
            Shards commands,
            Collection<String> channels,
            Subscriber subscriber) {
        super(name, route, config, timer);
        this.commands = commands;
        this.subscriber = subscriber;
        channels.forEach(channel -> this.channels.put(channel, channel.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void start() {
        super.start();
    }

    @Override
    public void unsubscribe(Collection<String> gone) {
        lock.lock();
        try {
            List<byte[]> names = new ArrayList<>();
            gone.forEach(channel -> {
                byte[] name = channels.remove(channel);
                confirmed.remove(channel);
                lostSince.remove(channel);
                if (name != null) {
                    names.add(name);
                }
            });
            Wire wire = wire();
            if (wire != null && !names.isEmpty()) {
                send(wire, commands.unsubscribe, names);
            }
        } catch (RuntimeException e) {
            cut();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Hears a further channel.
     *
     * @param since since when messages on it may have been missed, or null
     */
    void subscribe(String channel, @Nullable Instant since) {
        lock.lock();
        try {
            byte[] name = channel.getBytes(StandardCharsets.UTF_8);
            channels.put(channel, name);
            if (since != null) {
                lostSince.put(channel, since);
            }
            Wire wire = wire();
            if (wire != null) {
                send(wire, commands.subscribe, List.of(name));
            }
        } catch (RuntimeException e) {
            cut();
        } finally {
            lock.unlock();
        }
    }

    /** Since when messages on a channel may have been missed by who hears it elsewhere from now on, or null. */
    @Nullable
    Instant heardUntil(String channel) {
        lock.lock();
        try {
            Instant lost = lostSince.get(channel);
            return lost != null || !confirmed.contains(channel) || lastGood == null ? lost : lastGood.instant();
        } finally {
            lock.unlock();
        }
    }

    Set<String> channels() {
        lock.lock();
        try {
            return Set.copyOf(channels.keySet());
        } finally {
            lock.unlock();
        }
    }

    /** Whether all channels are heard, also those that came later. */
    boolean hearsAll() {
        lock.lock();
        try {
            return isReady() && confirmed.containsAll(channels.keySet());
        } finally {
            lock.unlock();
        }
    }

    /** Channels of several slots do not go into one command, even where one node has them. */
    private void send(Wire wire, Protocol.Command command, Collection<byte[]> names) {
        if (commands == Shards.BY_SLOT) {
            names.forEach(name -> wire.write(new CommandArguments(command).add(name)));
        } else {
            CommandArguments arguments = new CommandArguments(command);
            names.forEach(arguments::add);
            wire.write(arguments);
        }
        wire.flush();
    }

    private static void send(Wire wire, CommandArguments arguments) {
        wire.write(arguments);
        wire.flush();
    }

    @Override
    void opened(Wire opened) {
        lock.lock();
        try {
            busy = false;
            confirmed.clear();
            pings.clear();
            Ping now = Ping.now();
            freshAt = now.nanos();
            if (!channels.isEmpty()) {
                send(opened, commands.subscribe, channels.values());
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
            busy = true;
            if (next instanceof List<?> parts && !parts.isEmpty() && parts.get(0) instanceof byte[] kind) {
                heard(kind, parts);
            } else if (next instanceof JedisDataException error) {
                throw error;
            } else if (next instanceof byte[]) {
                // RESP3 answers a ping as to any client.
                pong();
            }
            sign();
            busy = false;
        }
    }

    /** A listener that makes publishers wait may keep this thread for long, while the connection is well. */
    @Override
    boolean isListening() {
        return !busy;
    }

    private void heard(byte[] kind, List<?> parts) {
        if (Arrays.equals(kind, commands.message)) {
            message((byte[]) parts.get(1), (byte[]) parts.get(2));
        } else if (Arrays.equals(kind, commands.confirmation)) {
            confirmed(text((byte[]) parts.get(1)));
        } else if (Arrays.equals(kind, PONG)) {
            pong();
        } else if (Arrays.equals(kind, commands.end) && parts.get(1) instanceof byte[] channel) {
            ended(text(channel));
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
        lock.lock();
        try {
            if (channels.containsKey(channel)) {
                confirmed.add(channel);
            }
        } finally {
            lock.unlock();
        }
        proceed();
    }

    /** A node that gives a slot away ends what is heard of its channels. */
    private void ended(String channel) {
        lock.lock();
        try {
            if (channels.containsKey(channel)) {
                throw new JedisDataException("'" + channel + "' is heard on this node no more");
            }
        } finally {
            lock.unlock();
        }
    }

    private void pong() {
        lock.lock();
        try {
            Ping ping = pings.poll();
            if (ping != null) {
                lastGood = ping;
                freshAt = ping.nanos();
            }
        } finally {
            lock.unlock();
        }
        proceed();
    }

    /** Sees whether all is well again, and tells what was missed. */
    private void proceed() {
        Map<Instant, Set<String>> missed = new TreeMap<>();
        lock.lock();
        try {
            if (!confirmed.containsAll(channels.keySet())) {
                return;
            }
            if (!isReady()) {
                ready();
            }
            lostSince.forEach((channel, since) ->
                    missed.computeIfAbsent(since, from -> new HashSet<>()).add(channel));
            lostSince.clear();
        } finally {
            lock.unlock();
        }
        missed.forEach((from, of) -> subscriber.missed(of, from, Instant.now()));
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
            Ping good = lastGood;
            if (good != null) {
                channels.keySet().forEach(channel -> lostSince.putIfAbsent(channel, good.instant()));
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    void tick() {}
}

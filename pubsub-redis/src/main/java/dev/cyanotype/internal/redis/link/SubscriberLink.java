/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.link;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisDataException;

/** Hears channels, whatever becomes of a connection. */
final class SubscriberLink extends Link implements ChannelLink {

    private final Subscriber subscriber;
    private final ChannelKind kind;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, byte[]> channels = new HashMap<>();
    private final Set<String> confirmed = new HashSet<>();
    private final Pulse pulse = new Pulse();
    private final Pipeline pipeline = new Pipeline(this);

    /** The connection on which all channels that there are have been asked for, or null. */
    private @Nullable Wire speaking;

    /** How many ends of a channel are still to be confirmed, while it may be heard anew already. */
    private final Map<String, Integer> leaving = new HashMap<>();

    /** Whether commands can be sent on the connection that the messages come on. */
    private volatile boolean duplex;

    /** Since when messages on a channel may have been missed. */
    private final Map<String, Instant> lostSince = new HashMap<>();

    /** Whether the reading thread is at work on what it has read. */
    private volatile boolean busy;

    SubscriberLink(
            String name,
            Route route,
            LinkConfig config,
            ScheduledExecutorService timer,
            ChannelKind kind,
            Collection<String> channels,
            Subscriber subscriber) {
        super(name, route, config, timer);
        this.kind = kind;
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
                    if (speaking != null) {
                        leaving.merge(channel, 1, Integer::sum);
                    }
                }
            });
            if (!names.isEmpty()) {
                change(kind.unsubscribe(names));
            }
        } catch (RuntimeException e) {
            cut();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void subscribe(String channel) {
        subscribe(channel, null);
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
            change(kind.subscribe(List.of(name)));
        } catch (RuntimeException e) {
            cut();
        } finally {
            lock.unlock();
        }
    }

    private void change(List<CommandArguments> commands) {
        Wire to = speaking;
        if (to != null) {
            pipeline.write(to, commands, to.isDuplex());
        }
    }

    @Override
    public boolean hears(String channel) {
        lock.lock();
        try {
            return confirmed.contains(channel);
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
            return lost != null || !confirmed.contains(channel) ? lost : pulse.lastGood();
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

    private void send(Wire wire, List<CommandArguments> commands) {
        pipeline.write(wire, commands, false);
    }

    private void ping(Wire wire) {
        pulse.sent();
        send(wire, List.of(new CommandArguments(Protocol.Command.PING)));
    }

    @Override
    public boolean send(CommandArguments command, Completion completion) {
        return duplex && pipeline.offer(new Command(command, completion, expiry(), false)) == null;
    }

    @Override
    void opened(Wire opened) {
        lock.lock();
        try {
            busy = false;
            confirmed.clear();
            leaving.clear();
            pulse.opened();
            if (!channels.isEmpty()) {
                send(opened, kind.subscribe(channels.values()));
            }
            ping(opened);
            speaking = opened;
        } finally {
            lock.unlock();
        }
    }

    @Override
    void read(Wire wire) {
        List<@Nullable Object> replies = new ArrayList<>();
        while (true) {
            Object next = wire.read();
            busy = true;
            if (duplex && !wire.wasPushed()) {
                replies.add(next);
            } else if (next instanceof List<?> parts && !parts.isEmpty() && parts.get(0) instanceof byte[] what) {
                heard(what, parts);
            } else if (next instanceof JedisDataException error) {
                throw error;
            } else if (next instanceof byte[]) {
                // RESP3 answers a ping as to any client.
                pong();
                // Whatever was refused is known by now, and every further reply is that of a command.
                duplex = wire.isDuplex();
                if (duplex) {
                    pipeline.open(wire);
                }
            }
            if (!replies.isEmpty() && !wire.hasMore()) {
                pipeline.answered(replies);
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

    private void heard(byte[] what, List<?> parts) {
        if (kind.isMessage(what)) {
            message((byte[]) parts.get(1), (byte[]) parts.get(2));
        } else if (kind.isConfirmation(what)) {
            confirmed(text((byte[]) parts.get(1)));
        } else if (Arrays.equals(what, PONG)) {
            pong();
        } else if (kind.isEnd(what) && parts.get(1) instanceof byte[] channel) {
            ended(text(channel));
        }
    }

    private static final byte[] PONG = "pong".getBytes(StandardCharsets.US_ASCII);

    private void message(byte[] channel, byte[] message) {
        try {
            subscriber.message(text(channel), message, pulse.freshAt());
        } catch (RuntimeException e) {
            LOG.error("{}: a message on '{}' could not be handled", name(), text(channel), e);
        }
    }

    private void confirmed(String channel) {
        boolean heard;
        lock.lock();
        try {
            heard = channels.containsKey(channel) && !leaving.containsKey(channel);
            if (heard) {
                confirmed.add(channel);
            }
        } finally {
            lock.unlock();
        }
        proceed();
        if (heard) {
            subscriber.heard(channel);
        }
    }

    /** A node that gives a slot away ends what is heard of its channels. */
    private void ended(String channel) {
        lock.lock();
        try {
            if (leaving.containsKey(channel)) {
                leaving.computeIfPresent(channel, (name, left) -> left == 1 ? null : left - 1);
            } else if (channels.containsKey(channel)) {
                throw new JedisDataException("'" + channel + "' is heard on this node no more");
            }
        } finally {
            lock.unlock();
        }
    }

    private void pong() {
        lock.lock();
        try {
            pulse.answered();
        } finally {
            lock.unlock();
        }
        proceed();
    }

    private void good(Pulse.Ping ping, @Nullable Throwable error) {
        if (error == null) {
            lock.lock();
            try {
                pulse.answered(ping);
            } finally {
                lock.unlock();
            }
            proceed();
        }
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
        if (duplex) {
            Pulse.Ping now = Pulse.Ping.now();
            pipeline.offerNow(new Command(
                    new CommandArguments(Protocol.Command.PING), (reply, error) -> good(now, error), expiry(), false));
            return;
        }
        if (!lock.tryLock()) {
            // Whoever writes may be stuck, which the next look at the link finds out.
            return;
        }
        try {
            Wire wire = wire();
            // Until the first reply it is not known whose one more would be in RESP3.
            if (wire != null && !wire.isDuplex()) {
                ping(wire);
            }
        } catch (RuntimeException e) {
            cut();
        } finally {
            lock.unlock();
        }
    }

    @Override
    void lost(Throwable cause) {
        duplex = false;
        lock.lock();
        try {
            speaking = null;
        } finally {
            lock.unlock();
        }
        pipeline.lost(cause, true);
        lock.lock();
        try {
            confirmed.clear();
            Instant good = pulse.lastGood();
            if (good != null) {
                channels.keySet().forEach(channel -> lostSince.putIfAbsent(channel, good));
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    void tick() {
        pipeline.expire();
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.bus;

import dev.cyanotype.internal.redis.link.ChannelLink;
import dev.cyanotype.internal.redis.link.Commands;
import dev.cyanotype.internal.redis.link.Outlet;
import dev.cyanotype.internal.redis.link.SharedClient;
import dev.cyanotype.internal.redis.link.Topology;
import dev.cyanotype.internal.redis.stream.RedisStreams;
import dev.cyanotype.message.MessagingException;
import dev.cyanotype.spi.ActionRequest;
import dev.cyanotype.spi.MessageBus;
import dev.cyanotype.spi.PresenceStore;
import dev.cyanotype.spi.Reply;
import dev.cyanotype.spi.Subscription;
import dev.cyanotype.spi.TaskLeases;
import dev.cyanotype.spi.TransportContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Actions, listeners and streams of one app over Redis. */
public final class RedisBus implements MessageBus {

    private final TransportContext context;
    private final BusConfig config;
    private final Topology topology;
    private final SharedClient<?> client;
    private final ScheduledThreadPoolExecutor timer;
    private final AtomicBoolean quiet = new AtomicBoolean();
    private final Commands commands;
    private final Publisher publisher;
    private final Calls calls;
    private final Claims claims;
    private final ActionServer actions;
    private final Listeners listeners;
    private final Undecodable undecodable;
    private final RedisStreams streams;

    /** Actions and replies; what is asked for and answered does not wait behind events. */
    private final ChannelLink requests;

    private final List<ChannelLink> events = new ArrayList<>();
    private final Subscriptions subscriptions;
    private final Waiting waiting;
    private final RedisPresence presence;
    private final RedisTaskLeases leases;

    /**
     * A bus, not connected.
     *
     * @param client what the app's own commands go through
     */
    public RedisBus(TransportContext context, BusConfig config, Topology topology, SharedClient<?> client) {
        this.context = context;
        this.client = client;
        this.config = config;
        this.topology = topology;
        String name = "cyanotype-" + context.app() + "-redis";
        this.timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, name + "-timer");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
        this.commands = new Commands(name + "-commands", topology, config.link(), timer);
        this.waiting = new Waiting(context.app(), config.link());
        this.presence = new RedisPresence(commands, waiting, context.json());
        this.leases = new RedisTaskLeases(commands, waiting, context.app());
        this.publisher = new Publisher(commands, commands, config.sharded());
        // Requests and replies go out by the way they come in.
        Outlet sameWay = commands.preferring(this::requests);
        Publisher exchanges = new Publisher(commands, sameWay, config.sharded());
        // Channels of one slot are those of one node, which then knows of all who hear them.
        boolean countsAll = topology.countsSubscribers() || config.sharded();
        this.calls = new Calls(exchanges, context.json(), countsAll);
        this.undecodable = new Undecodable(config.undecodable());
        this.claims = new Claims(sameWay, context.app(), config.claimLife(), context.clock());
        this.listeners = new Listeners(context, undecodable);
        this.streams = new RedisStreams(
                context, new RedisStreams.Parts(name, commands, topology, config.link(), timer, config.entryLife()));
        Set<String> own = new LinkedHashSet<>(listeners.channels());
        own.add(context.app());
        this.actions = new ActionServer(
                context,
                new ActionServer.Parts(
                        exchanges, claims, new StoredReplies(commands, context, config.replyLife()), undecodable, own),
                config.maxRunning(),
                config.maxWaiting());
        Set<String> channels = new LinkedHashSet<>();
        channels.add(calls.inbox());
        if (actions.hasActions()) {
            channels.add(context.app());
        }
        this.requests = subscription(name + "-requests", channels, new Requests());
        Set<String> shared = new LinkedHashSet<>(listeners.channels());
        shared.removeAll(listeners.blocking());
        Map<String, ChannelLink> listening = new HashMap<>();
        for (String blocking : listeners.blocking()) {
            listen(name, Set.of(blocking), listening);
        }
        if (!shared.isEmpty()) {
            listen(name, shared, listening);
        }
        this.subscriptions = new Subscriptions(
                context.app(), listening, () -> subscription(name + "-subscriptions", Set.of(), new Events()));
    }

    private void listen(String name, Set<String> channels, Map<String, ChannelLink> listening) {
        ChannelLink link = subscription(name + "-events-" + (events.size() + 1), channels, new Events());
        events.add(link);
        channels.forEach(channel -> listening.put(channel, link));
    }

    private ChannelLink requests() {
        return requests;
    }

    private ChannelLink subscription(String name, Set<String> channels, ChannelLink.Subscriber subscriber) {
        return ChannelLink.of(name, topology, config.link(), timer, config.sharded(), channels, subscriber);
    }

    private final class Requests implements ChannelLink.Subscriber {

        @Override
        public void message(String channel, byte[] message, long freshAt) {
            if (channel.equals(calls.inbox())) {
                calls.take(message);
            } else {
                actions.take(message, freshAt);
            }
        }

        /** Whose request or reply was lost learns that from its timeout. */
        @Override
        public void missed(Set<String> channels, Instant from, Instant to) {}
    }

    private final class Events implements ChannelLink.Subscriber {

        @Override
        public void message(String channel, byte[] message, long freshAt) {
            if (subscriptions.has(channel)) {
                JsonNode read = listeners.decode(channel, message, true);
                if (read == null) {
                    return;
                }
                subscriptions.take(channel, read);
            }
            listeners.take(channel, message);
        }

        @Override
        public void heard(String channel) {
            subscriptions.heard();
        }

        @Override
        public void missed(Set<String> channels, Instant from, Instant to) {
            listeners.missed(channels, from, to);
        }
    }

    @Override
    public void start() throws InterruptedException {
        long deadline = System.nanoTime() + config.startTimeout().toNanos();
        commands.start();
        requests.start();
        events.forEach(ChannelLink::start);
        subscriptions.start();
        List<ChannelLink> hearing = new ArrayList<>(events);
        Optional.ofNullable(subscriptions.link()).ifPresent(hearing::add);
        streams.start();
        if (config.required()) {
            commands.awaitReady(left(deadline));
            requests.awaitReady(left(deadline));
            for (ChannelLink link : hearing) {
                link.awaitReady(left(deadline));
            }
            streams.awaitReady(deadline);
        } else {
            commands.awaitAttempt(left(deadline));
            if (commands.isReady()) {
                requests.awaitAttempt(left(deadline));
                for (ChannelLink link : hearing) {
                    link.awaitAttempt(left(deadline));
                }
            }
        }
    }

    private static Duration left(long deadline) {
        return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    }

    @Override
    public long publish(String channel, JsonNode message) {
        waiting.checkOpen("send messages");
        CompletableFuture<Long> count = new CompletableFuture<>();
        publisher.publish(channel, context.json().write(message), (reply, error) -> {
            if (error == null) {
                count.complete((Long) reply);
            } else {
                count.completeExceptionally(error);
            }
        });
        return waiting.await("broadcast on '" + channel + "'", count);
    }

    @Override
    public String append(String stream, @Nullable String key, JsonNode entry) {
        waiting.checkOpen("send messages");
        return waiting.await("append to '" + stream + "'", streams.append(stream, key, entry));
    }

    @Override
    public CompletableFuture<Reply> request(String service, ActionRequest request) {
        waiting.checkOpen("send messages");
        if (!requests.isReady()) {
            return CompletableFuture.failedFuture(new MessagingException(
                    MessagingException.Reason.UNREACHABLE,
                    "redis can't be reached at the moment, so no reply would be heard",
                    null));
        }
        return calls.send(service, request);
    }

    @Override
    public Subscription subscribe(String channel, Consumer<JsonNode> listener) {
        return subscriptions.add(
                Objects.requireNonNull(channel, "channel"), Objects.requireNonNull(listener, "listener"));
    }

    @Override
    public boolean isShared() {
        return true;
    }

    @Override
    public void quiesce() {
        if (quiet.compareAndSet(false, true)) {
            streams.end();
            requests.unsubscribe(Set.of(context.app()));
            listeners.end(subscriptions.endListening());
            actions.refuse();
        }
    }

    @Override
    public void drain(Duration budget) throws InterruptedException {
        long deadline = System.nanoTime() + Math.min(budget.toNanos(), Long.MAX_VALUE / 4);
        quiesce();
        actions.drain(deadline);
        listeners.drain(deadline);
        streams.awaitEnd(deadline);
        calls.drain(deadline);
    }

    @Override
    public Health health() {
        boolean up = commands.isReady()
                && requests.isReady()
                && events.stream().allMatch(ChannelLink::isReady)
                && subscriptions.isReady()
                && streams.isReady();
        return up ? Health.UP : Health.DOWN;
    }

    @Override
    public Map<String, Long> counters() {
        Map<String, Long> counters = new TreeMap<>();
        long reconnects =
                commands.reconnects() + requests.reconnects() + streams.reconnects() + subscriptions.reconnects();
        for (ChannelLink link : events) {
            reconnects += link.reconnects();
        }
        counters.put("reconnects", reconnects);
        counters.put("actions.handled", actions.handled.sum());
        counters.put("actions.expired", actions.expired.sum());
        counters.put("actions.refused", actions.refused.sum());
        counters.put("claims.lost", claims.lost.sum());
        counters.put("claims.tooOld", claims.tooOld.sum());
        counters.put("replies.stray", calls.strayReplies.sum());
        counters.put("messages.undecodable", undecodable.count.sum());
        listeners.counters(counters);
        streams.counters(counters);
        return counters;
    }

    @Override
    public <T> Optional<T> as(Class<T> type) {
        if (type == PresenceStore.class) {
            return Optional.of(type.cast(presence));
        }
        return type == TaskLeases.class ? Optional.of(type.cast(leases)) : client.as(type);
    }

    @Override
    public void close() {
        waiting.close();
        streams.close();
        client.close();
        requests.close();
        events.forEach(ChannelLink::close);
        subscriptions.close();
        listeners.close();
        calls.close();
        commands.close();
        topology.close();
        timer.shutdownNow();
        try {
            timer.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

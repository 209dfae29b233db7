/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.link;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisAskDataException;
import redis.clients.jedis.exceptions.JedisMovedDataException;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/**
 * Sends each command to the node that has its key, over one link for each node. Thread-safe.
 *
 * <p>Which node that is may change at any time; a node that has a key no more says who has it.
 */
public final class Commands implements Outlet, AutoCloseable {

    /** How often a command is sent to another node. */
    private static final int MOST_SENDS = 6;

    /** How long to wait while the keys of a command are on their way to another node, or nobody has them. */
    private static final Duration MOVING = Duration.ofMillis(50);

    private final String name;
    private final Topology topology;
    private final LinkConfig config;
    private final ScheduledExecutorService timer;
    private final CommandLink any;
    private final Map<HostAndPort, CommandLink> links = new ConcurrentHashMap<>();

    /** Nodes that have had keys, and not just been asked. */
    private final Set<HostAndPort> needed = ConcurrentHashMap.newKeySet();

    private final AtomicLong reconnectsOfGone = new AtomicLong();
    private volatile boolean closed;

    public Commands(String name, Topology topology, LinkConfig config, ScheduledExecutorService timer) {
        this.name = name;
        this.topology = topology;
        this.config = config;
        this.timer = timer;
        this.any = new CommandLink(name, topology.toAny(), config, timer);
    }

    public void start() {
        any.start();
        topology.watch(this::closeGone);
    }

    /** Sends commands over the connection of a subscription while that can carry them, else over those here. */
    public Outlet preferring(Supplier<ChannelLink> subscription) {
        return new Outlet() {

            @Override
            public void send(CommandArguments command, Completion completion) {
                Completion fallback = (reply, error) -> {
                    if (error instanceof NotSentException) {
                        Commands.this.send(command, completion);
                    } else {
                        completion.complete(reply, error);
                    }
                };
                if (!subscription.get().send(command, fallback)) {
                    Commands.this.send(command, completion);
                }
            }

            @Override
            public void send(byte[] key, CommandArguments command, Completion completion) {
                if (topology.isSharded()) {
                    Commands.this.send(key, command, completion);
                } else {
                    send(command, completion);
                }
            }
        };
    }

    @Override
    public void send(CommandArguments command, Completion completion) {
        any.send(command, completion);
    }

    @Override
    public void send(byte[] key, CommandArguments command, Completion completion) {
        if (topology.isSharded()) {
            new Routed(key, command, completion).send();
        } else {
            any.send(command, completion);
        }
    }

    /**
     * Sends a command without a key to all nodes; never waits for their replies.
     *
     * @param completion gets a list of the replies, or the first error
     */
    public void sendToAll(CommandArguments command, Completion completion) {
        Set<HostAndPort> nodes = topology.nodes();
        Gathered replies = new Gathered(Math.max(1, nodes.size()), completion);
        if (nodes.isEmpty()) {
            any.send(command, replies);
        } else {
            nodes.forEach(node -> link(node).send(command, replies));
        }
    }

    /** Waits for the replies of several nodes. */
    private static final class Gathered implements Completion {

        private final int expected;
        private final Completion completion;
        private final List<@Nullable Object> replies = new ArrayList<>();
        private boolean failed;

        private Gathered(int expected, Completion completion) {
            this.expected = expected;
            this.completion = completion;
        }

        @Override
        public void complete(@Nullable Object reply, @Nullable Throwable error) {
            synchronized (this) {
                if (failed) {
                    return;
                }
                failed = error != null;
                replies.add(reply);
                if (!failed && replies.size() < expected) {
                    return;
                }
            }
            completion.complete(error == null ? replies : reply, error);
        }
    }

    /** Sends a command to the node that has a key; the future completes on the thread that reads replies. */
    public CompletableFuture<Object> request(byte[] key, CommandArguments command) {
        CompletableFuture<Object> future = new CompletableFuture<>();
        send(key, command, (reply, error) -> {
            if (error == null) {
                future.complete(reply);
            } else {
                future.completeExceptionally(error);
            }
        });
        return future;
    }

    /** A command that finds the node of its key. */
    private final class Routed implements Completion {

        private final byte[] key;
        private final CommandArguments command;
        private final Completion completion;
        private final long expires = System.nanoTime() + config.commandTimeout().toNanos();
        private int sends;
        private volatile @Nullable HostAndPort sentTo;

        private Routed(byte[] key, CommandArguments command, Completion completion) {
            this.key = key;
            this.command = command;
            this.completion = completion;
        }

        private void send() {
            send(topology.known(key), false);
        }

        /** Any node says which is the right one. */
        private void send(@Nullable HostAndPort node, boolean asking) {
            sends++;
            sentTo = node;
            if (node != null) {
                needed.add(node);
            }
            CommandLink link = node == null ? any : link(node);
            link.send(command, this, expires, asking);
        }

        @Override
        public void complete(@Nullable Object reply, @Nullable Throwable error) {
            if (error == null || closed) {
                completion.complete(reply, error);
            } else if (error instanceof JedisMovedDataException moved && sends < MOST_SENDS) {
                topology.suspect();
                send(target(moved), false);
            } else if (error instanceof JedisAskDataException ask && sends < MOST_SENDS) {
                send(target(ask), true);
            } else if (error instanceof NotSentException && sends < MOST_SENDS) {
                send();
            } else if (Failures.isPassing(error) && System.nanoTime() + MOVING.toNanos() < expires) {
                topology.suspect();
                sends = 0;
                later(error);
            } else {
                completion.complete(reply, error);
            }
        }

        /** A node that does not know its own address names none. */
        private @Nullable HostAndPort target(JedisRedirectionException redirection) {
            HostAndPort target = redirection.getTargetNode();
            HostAndPort last = sentTo;
            return !target.getHost().isEmpty() || last == null
                    ? target
                    : new HostAndPort(last.getHost(), target.getPort());
        }

        private void later(Throwable error) {
            try {
                timer.schedule(() -> send(), MOVING.toNanos(), TimeUnit.NANOSECONDS);
            } catch (RejectedExecutionException e) {
                completion.complete(error, error);
            }
        }
    }

    private CommandLink link(HostAndPort node) {
        return links.computeIfAbsent(node, added -> {
            CommandLink link = new CommandLink(name + "-" + added, to(added), config, timer);
            if (closed) {
                link.close();
            } else {
                link.start();
            }
            return link;
        });
    }

    private Route to(HostAndPort node) {
        return new Route() {

            @Override
            public HostAndPort node() {
                return node;
            }

            @Override
            public void failed() {
                topology.suspect();
            }
        };
    }

    /** Ends links to nodes that are none any more; what waits there goes to others. */
    private void closeGone() {
        for (HostAndPort node : List.copyOf(links.keySet())) {
            CommandLink link = topology.isMember(node) ? null : links.remove(node);
            if (link != null) {
                reconnectsOfGone.addAndGet(link.reconnects());
                needed.remove(node);
                link.close();
            }
        }
    }

    public void awaitReady(Duration timeout) throws InterruptedException {
        any.awaitReady(timeout);
    }

    public void awaitAttempt(Duration timeout) throws InterruptedException {
        any.awaitAttempt(timeout);
    }

    /** Whether all nodes that were needed until now are connected. */
    public boolean isReady() {
        return any.isReady()
                && links.entrySet().stream()
                        .allMatch(link -> link.getValue().isReady() || !needed.contains(link.getKey()));
    }

    public long reconnects() {
        return any.reconnects()
                + links.values().stream().mapToLong(CommandLink::reconnects).sum()
                + reconnectsOfGone.get();
    }

    @Override
    public void close() {
        closed = true;
        any.close();
        new ArrayList<>(links.values()).forEach(CommandLink::close);
    }
}

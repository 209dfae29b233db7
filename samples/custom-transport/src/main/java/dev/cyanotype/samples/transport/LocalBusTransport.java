/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.transport;

import static java.util.Objects.requireNonNull;

import dev.cyanotype.message.MessagingException;
import dev.cyanotype.spi.ActionRequest;
import dev.cyanotype.spi.ListenerLane;
import dev.cyanotype.spi.MessageBus;
import dev.cyanotype.spi.MountedListener;
import dev.cyanotype.spi.MountedOperation;
import dev.cyanotype.spi.OperationKind;
import dev.cyanotype.spi.Reply;
import dev.cyanotype.spi.Subscription;
import dev.cyanotype.spi.TransportContext;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The bus of one app.
 *
 * <p>Each exchange has a connection of its own, so nothing waits behind another, and its end says that somebody has gone.
 */
final class LocalBusTransport implements MessageBus {

    private static final Logger LOG = LoggerFactory.getLogger(LocalBusTransport.class.getPackageName());
    private static final byte[] NOTHING = {};

    private final TransportContext context;
    private final LocalPeers peers;
    private final LocalActions actions;
    private final LocalCalls calls;
    private final Map<String, List<ListenerLane>> lanes = new HashMap<>();
    private final Map<String, List<Consumer<JsonNode>>> subscriptions = new ConcurrentHashMap<>();
    private final Set<LocalLink> served = ConcurrentHashMap.newKeySet();

    /** What is run here, and what others are asked for. */
    private final Map<Object, CompletableFuture<?>> underWay = new ConcurrentHashMap<>();

    private volatile boolean quiet;
    private volatile boolean closed;

    LocalBusTransport(TransportContext context, Path directory) {
        this.context = context;
        this.peers = new LocalPeers(context, directory);
        this.actions = new LocalActions(context);
        this.calls = new LocalCalls(context, peers);
        for (MountedOperation listener : context.operations(OperationKind.LISTENER)) {
            lanes.computeIfAbsent(listener.address(), channel -> new ArrayList<>())
                    .add(new ListenerLane(context, (MountedListener) listener));
        }
    }

    @Override
    public void start() {
        ServerSocketChannel server = peers.open();
        Thread thread = new Thread(() -> accept(server), "cyanotype-" + context.app() + "-local-bus");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept(ServerSocketChannel server) {
        while (server.isOpen()) {
            try {
                LocalLink link = new LocalLink(server.accept(), context.json());
                served.add(link);
                context.executor().execute(() -> serve(link));
            } catch (IOException | RuntimeException e) {
                LOG.debug("a connection was not taken", e);
            }
        }
    }

    /** Answers another process until it has gone. */
    private void serve(LocalLink link) {
        try (link) {
            for (LocalLink.Frame frame = link.receive(); frame != null && !closed; frame = link.receive()) {
                JsonNode head = frame.head();
                switch (head.path("op").asString("")) {
                    case "hear" ->
                        link.send(LocalLink.number(hear(head.path("channel").asString(""), frame.body())), NOTHING);
                    case "ask" -> {
                        LocalActions.Role role = quiet ? LocalActions.Role.NONE : actions.role(head);
                        link.send(LocalLink.number(role.ordinal()), NOTHING);
                    }
                    default -> track(actions.run(link, head, frame.body()));
                }
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            LOG.debug("a connection has ended", e);
        } finally {
            served.remove(link);
        }
    }

    private int hear(String channel, byte[] message) throws InterruptedException {
        List<Consumer<JsonNode>> subscribed = subscriptions.getOrDefault(channel, List.of());
        int count = subscribed.size();
        synchronized (subscriptions) {
            JsonNode shared = count == 0 ? null : read(channel, message);
            for (Consumer<JsonNode> one : subscribed) {
                try {
                    if (shared != null && subscribed.contains(one)) {
                        one.accept(shared);
                    }
                } catch (Throwable e) {
                    LOG.error("the listener of a subscription of '{}' failed", channel, e);
                }
            }
        }
        for (ListenerLane lane : quiet ? List.<ListenerLane>of() : lanes.getOrDefault(channel, List.of())) {
            try {
                count += lane.offer(() -> read(channel, message)) ? 1 : 0;
            } catch (MessagingException e) {
                LOG.error("{}", e.getMessage());
            }
        }
        return count;
    }

    private @Nullable JsonNode read(String channel, byte[] message) {
        try {
            return (ObjectNode) context.json().read(message);
        } catch (RuntimeException e) {
            LOG.warn("a message on '{}' can't be read: {}", channel, e.getMessage());
            return null;
        }
    }

    private <T> CompletableFuture<T> track(CompletableFuture<T> work) {
        Object key = new Object();
        underWay.put(key, work);
        work.whenComplete((value, error) -> underWay.remove(key));
        return work;
    }

    private void checkOpen(String what) {
        if (closed) {
            throw new IllegalStateException("app '" + context.app() + "' is stopped, so it can't " + what);
        }
    }

    @Override
    public long publish(String channel, JsonNode message) {
        checkOpen("send messages");
        byte[] body = context.json().write(message);
        ObjectNode head = LocalLink.number(0).put("op", "hear").put("channel", channel);
        long count = 0;
        for (LocalLink link : peers.connectToAll()) {
            count += Math.max(0, peers.ask(link, head, body));
            link.close();
        }
        if (Thread.currentThread().isInterrupted()) {
            throw refused("broadcast on '" + channel + "': the thread was interrupted");
        }
        return count;
    }

    @Override
    public CompletableFuture<Reply> request(String service, ActionRequest request) {
        checkOpen("send messages");
        return track(calls.request(service, request));
    }

    @Override
    public Subscription subscribe(String channel, Consumer<JsonNode> listener) {
        requireNonNull(listener, "listener");
        // One of its own, as a listener may be there twice.
        Consumer<JsonNode> own = message -> listener.accept(message);
        checkOpen("hear channels");
        List<Consumer<JsonNode>> all =
                subscriptions.computeIfAbsent(requireNonNull(channel, "channel"), none -> new CopyOnWriteArrayList<>());
        all.add(own);
        return () -> all.remove(own);
    }

    @Override
    public String append(String stream, @Nullable String key, JsonNode entry) {
        throw refused(
                "append to '" + stream + "': the local bus has no streams. Use a transport that has, such as Redis.");
    }

    @Override
    public boolean isShared() {
        return true;
    }

    @Override
    public void quiesce() {
        quiet = true;
    }

    @Override
    public void drain(Duration budget) throws InterruptedException {
        long deadline = System.nanoTime() + Math.min(TimeUnit.NANOSECONDS.convert(budget), Long.MAX_VALUE / 4);
        quiet = true;
        try {
            for (ListenerLane lane :
                    lanes.values().stream().flatMap(List::stream).toList()) {
                lane.awaitEmpty(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
            }
            while (!underWay.isEmpty()) {
                CompletableFuture.allOf(underWay.values().toArray(CompletableFuture<?>[]::new))
                        .handle((all, error) -> "done")
                        .get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            }
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("what had not ended within {} was cut off", budget);
        }
    }

    @Override
    public void close() {
        closed = true;
        peers.close();
        subscriptions.values().forEach(List::clear);
        lanes.values().forEach(all -> all.forEach(ListenerLane::close));
        served.forEach(LocalLink::close);
        underWay.values().forEach(work -> work.completeExceptionally(refused("the app has stopped")));
    }

    private static MessagingException refused(String why) {
        return new MessagingException(MessagingException.Reason.OTHER, why, null);
    }
}

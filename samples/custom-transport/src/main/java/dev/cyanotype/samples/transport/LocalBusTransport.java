/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.transport;

import static java.util.Objects.requireNonNull;

import dev.cyanotype.message.Delivery;
import dev.cyanotype.message.MessagingException;
import dev.cyanotype.message.NoResponderException;
import dev.cyanotype.spi.ActionRequest;
import dev.cyanotype.spi.AppClock;
import dev.cyanotype.spi.ListenerLane;
import dev.cyanotype.spi.MessageBus;
import dev.cyanotype.spi.MountedAction;
import dev.cyanotype.spi.MountedListener;
import dev.cyanotype.spi.MountedOperation;
import dev.cyanotype.spi.OperationKind;
import dev.cyanotype.spi.Reply;
import dev.cyanotype.spi.Subscription;
import dev.cyanotype.spi.TransportContext;
import dev.cyanotype.spi.TransportException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.URLEncoder;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The socket of one app, and what it asks of the others. Each exchange has a connection of its own, so nothing waits behind another. */
final class LocalBusTransport implements MessageBus {

    private static final Logger LOG = LoggerFactory.getLogger(LocalBusTransport.class.getPackageName());
    private static final String SOCKET = ".bus";
    private static final byte[] NOTHING = {};

    /** For how long the answer of a process is waited for that may hang. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** What a replica can be to a request, the best first. */
    private enum Role {
        RUNS_WITH_ALL,
        KNOWS_THE_KEY,
        RUNS,
        IS_OF_THE_SERVICE,
        NONE
    }

    private final TransportContext context;
    private final Path directory;
    private final Path socket;
    private final Map<String, Delivery> actions = new HashMap<>();
    private final Map<String, List<ListenerLane>> lanes = new HashMap<>();
    private final Map<String, List<Consumer<JsonNode>>> subscriptions = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<Reply>> kept = Collections.synchronizedMap(new Recent<>());
    private final Set<LocalLink> served = ConcurrentHashMap.newKeySet();

    /** What is run here, and what others are asked for. */
    private final Set<CompletableFuture<?>> underWay = ConcurrentHashMap.newKeySet();

    private @Nullable ServerSocketChannel server;
    private volatile boolean quiet;
    private volatile boolean closed;

    /** Forgets the oldest. */
    private static final class Recent<V> extends LinkedHashMap<String, V> {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
            return size() > 10_000;
        }
    }

    LocalBusTransport(TransportContext context, Path directory) {
        this.context = context;
        this.directory = directory;
        this.socket = directory.resolve(prefix(context.app()) + Long.toHexString(System.nanoTime()) + SOCKET);
        for (MountedOperation action : context.operations(OperationKind.ACTION)) {
            actions.put(action.address(), ((MountedAction) action).options().delivery());
        }
        for (MountedOperation listener : context.operations(OperationKind.LISTENER)) {
            lanes.computeIfAbsent(listener.address(), channel -> new ArrayList<>())
                    .add(new ListenerLane(context, (MountedListener) listener));
        }
    }

    /** What the sockets of an app's replicas begin with, and no other's. */
    private static String prefix(String app) {
        return URLEncoder.encode(app, StandardCharsets.UTF_8).replace("*", "%2A") + "@";
    }

    @Override
    public void start() {
        Path unseen = directory.resolve(socket.getFileName() + ".new");
        try {
            Files.createDirectories(directory);
            ServerSocketChannel opened = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server = opened.bind(UnixDomainSocketAddress.of(unseen));
            // Shown only now that it takes connections: one that takes none is removed by whoever sees it.
            Files.move(unseen, socket);
            Thread thread = new Thread(() -> accept(opened), "cyanotype-" + context.app() + "-local-bus");
            thread.setDaemon(true);
            thread.start();
        } catch (IOException e) {
            throw new TransportException(
                    "transport 'local-bus' of app '%s' could not open '%s': %s. Set local-bus.path to a directory of your own with a short name."
                            .formatted(context.app(), unseen, e.getMessage()),
                    e);
        }
    }

    private void accept(ServerSocketChannel opened) {
        while (opened.isOpen()) {
            try {
                LocalLink link = new LocalLink(opened.accept(), context.json());
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
                    case "hear" -> link.send(answer(hear(head.path("channel").asString(""), frame.body())), NOTHING);
                    case "ask" -> link.send(answer(role(head).ordinal()), NOTHING);
                    default -> run(link, head, frame.body());
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

    private Role role(JsonNode head) {
        Delivery delivery = actions.get(text(head, "action"));
        if (quiet || actions.isEmpty()) {
            return Role.NONE;
        } else if (delivery == Delivery.ALL) {
            return Role.RUNS_WITH_ALL;
        } else if (kept.containsKey(key(head))) {
            return Role.KNOWS_THE_KEY;
        }
        return delivery == null ? Role.IS_OF_THE_SERVICE : Role.RUNS;
    }

    private void run(LocalLink link, JsonNode head, byte[] payload) {
        track(CompletableFuture.supplyAsync(() -> act(link, head, payload), context.executor())
                .thenCompose(reply -> reply)
                .exceptionally(e -> failure(500, "Internal Server Error"))
                .thenAccept(reply -> {
                    send(link, reply);
                    link.close();
                }));
    }

    private CompletableFuture<Reply> act(LocalLink link, JsonNode head, byte[] payload) {
        ActionRequest request = ActionRequest.builder(
                        head.path("action").asString(""), context.json().read(payload))
                .correlationId(text(head, "correlationId"))
                .idempotencyKey(text(head, "key"))
                .traceparent(text(head, "traceparent"))
                .deadline(
                        head.has("deadline")
                                ? Instant.ofEpochMilli(head.path("deadline").asLong())
                                : null)
                .clock(context.clock())
                .cancelled(link::isClosed)
                .progress(value -> send(link, new Reply(0, value)))
                .build();
        if (request.isCancelled()) {
            return CompletableFuture.completedFuture(failure(408, "Nobody waits any more"));
        } else if (request.idempotencyKey() == null || actions.get(request.action()) != Delivery.ONE_OF) {
            return context.dispatcher().action(request);
        }
        CompletableFuture<Reply> first = new CompletableFuture<>();
        CompletableFuture<Reply> known = kept.putIfAbsent(key(head), first);
        if (known != null) {
            return CompletableFuture.completedFuture(
                    known.getNow(failure(409, "A request with this idempotency key is still running")));
        }
        return context.dispatcher().action(request).whenComplete((reply, error) -> {
            if (reply.isError() && !reply.isPermanent()) {
                kept.remove(key(head));
            }
            first.complete(reply);
        });
    }

    /** Sends a reply, or progress, which has no status. */
    private void send(LocalLink link, Reply reply) {
        try {
            link.send(answer(reply.status()), context.json().write(reply.payload()));
        } catch (IOException e) {
            LOG.debug("nobody waits for a reply", e);
        }
    }

    private void track(CompletableFuture<?> work) {
        underWay.add(work);
        work.whenComplete((value, error) -> underWay.remove(work));
    }

    @Override
    public long publish(String channel, JsonNode message) {
        byte[] body = context.json().write(message);
        ObjectNode head = answer(0).put("op", "hear").put("channel", channel);
        long count = 0;
        for (LocalLink link : connect("", "")) {
            count += Math.max(0, ask(link, head, body));
            link.close();
        }
        if (Thread.currentThread().isInterrupted()) {
            throw refused("broadcast on '" + channel + "': the thread was interrupted");
        }
        return count;
    }

    /** Connects to apps of a prefix, in an order that the salt decides, and removes the sockets of those that were killed. */
    private List<LocalLink> connect(String prefix, String salt) {
        if (closed) {
            throw new IllegalStateException("app '" + context.app() + "' is stopped, so it can't send messages");
        }
        Map<UUID, Path> sockets = new TreeMap<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, prefix + "*" + SOCKET)) {
            found.forEach(
                    one -> sockets.put(UUID.nameUUIDFromBytes((one + salt).getBytes(StandardCharsets.UTF_8)), one));
        } catch (IOException e) {
            throw refused("'" + directory + "' can't be read: " + e);
        }
        List<LocalLink> links = new ArrayList<>();
        for (Path one : sockets.values()) {
            try {
                links.add(new LocalLink(SocketChannel.open(UnixDomainSocketAddress.of(one)), context.json()));
            } catch (ConnectException e) {
                // No socket is given the name of an earlier one.
                LOG.debug(
                        "'{}' is left over, removed: {}",
                        one,
                        !Files.isRegularFile(one) && one.toFile().delete());
            } catch (IOException e) {
                LOG.debug("'{}' can't be reached", one, e);
            }
        }
        return links;
    }

    /** Asks a process for a number; -1 if it goes, or hangs. */
    private int ask(LocalLink link, JsonNode head, byte[] body) {
        AppClock.Timeout timeout = context.clock().schedule(PATIENCE, link::close);
        try {
            link.send(head, body);
            LocalLink.Frame answer = link.receive();
            return answer == null ? -1 : answer.head().path("answer").asInt(-1);
        } catch (IOException e) {
            return -1;
        } finally {
            timeout.cancel();
        }
    }

    @Override
    public CompletableFuture<Reply> request(String service, ActionRequest request) {
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        track(reply);
        CompletableFuture.runAsync(() -> call(service, request, reply), context.executor())
                .exceptionally(e -> {
                    reply.completeExceptionally(e);
                    return null;
                });
        return reply;
    }

    private void call(String service, ActionRequest request, CompletableFuture<Reply> reply) {
        String key = request.idempotencyKey();
        Instant deadline = request.deadline();
        ObjectNode head = answer(0)
                .put("action", request.action())
                .put("key", key)
                .put("correlationId", request.correlationId())
                .put("traceparent", request.traceparent());
        if (deadline != null) {
            head.put("deadline", deadline.plusNanos(999_999).toEpochMilli());
        }
        // Requests of one key begin with the same replica, others with any.
        List<LocalLink> links =
                connect(prefix(service), key == null ? UUID.randomUUID().toString() : key);
        ObjectNode question = head.deepCopy().put("op", "ask");
        Map<Integer, List<LocalLink>> roles =
                new TreeMap<>(links.stream().collect(Collectors.groupingBy(link -> ask(link, question, NOTHING))));
        roles.keySet().removeAll(List.of(-1, Role.NONE.ordinal()));
        List<LocalLink> chosen = roles.entrySet().stream()
                .limit(1)
                .flatMap(best -> best.getValue().stream().limit(best.getKey() == 0 ? links.size() : 1))
                .toList();
        links.stream().filter(link -> !chosen.contains(link)).forEach(LocalLink::close);
        CompletableFuture.allOf(chosen.stream()
                        .map(link -> CompletableFuture.runAsync(
                                () -> follow(link, head, request, reply), context.executor()))
                        .toArray(CompletableFuture<?>[]::new))
                .whenComplete((all, error) -> reply.completeExceptionally(
                        chosen.isEmpty()
                                ? new NoResponderException(service, request.action())
                                : refused("the replica went without a reply")));
    }

    private void follow(LocalLink link, JsonNode head, ActionRequest request, CompletableFuture<Reply> reply) {
        // An end tells the replica that nobody waits.
        reply.whenComplete((value, error) -> {
            if (error != null) {
                link.close();
            }
        });
        try (link) {
            link.send(head, context.json().write(request.payload()));
            for (LocalLink.Frame frame = link.receive(); frame != null; frame = link.receive()) {
                JsonNode value = context.json().read(frame.body());
                int status = frame.head().path("answer").asInt(0);
                if (status != 0) {
                    reply.complete(new Reply(status, value));
                } else if (!reply.isDone()) {
                    request.progress().accept(value);
                }
            }
        } catch (IOException | RuntimeException e) {
            LOG.debug("a call has ended", e);
        }
    }

    @Override
    public Subscription subscribe(String channel, Consumer<JsonNode> listener) {
        Consumer<JsonNode> own = requireNonNull(listener, "listener")::accept;
        if (closed) {
            throw new IllegalStateException("app '" + context.app() + "' is stopped, so it can't hear channels");
        }
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
                CompletableFuture.allOf(underWay.toArray(CompletableFuture<?>[]::new))
                        .handle((all, error) -> all)
                        .get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            }
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("what had not ended within {} was cut off", budget);
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            Files.deleteIfExists(socket);
            if (server != null) {
                server.close();
            }
        } catch (IOException e) {
            LOG.warn("'{}' could not be removed", socket, e);
        }
        subscriptions.values().forEach(List::clear);
        lanes.values().forEach(all -> all.forEach(ListenerLane::close));
        served.forEach(LocalLink::close);
        underWay.forEach(work -> work.completeExceptionally(refused("the app has stopped")));
    }

    private static ObjectNode answer(int number) {
        return JsonNodeFactory.instance.objectNode().put("answer", number);
    }

    private static @Nullable String text(JsonNode head, String field) {
        return head.path(field).stringValue(null);
    }

    private static String key(JsonNode head) {
        return text(head, "action") + "\n" + text(head, "key");
    }

    private static Reply failure(int status, String text) {
        return new Reply(status, JsonNodeFactory.instance.objectNode().put("error", text));
    }

    private static MessagingException refused(String why) {
        return new MessagingException(MessagingException.Reason.OTHER, why, null);
    }
}

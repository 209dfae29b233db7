/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.transport;

import static java.util.Objects.requireNonNull;

import dev.cyanotype.exchange.HttpException;
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
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The socket of one app, and what it asks of the others. */
final class LocalBusTransport implements MessageBus {

    private static final Logger LOG = LoggerFactory.getLogger(LocalBusTransport.class.getPackageName());
    private static final String SOCKET = ".bus";
    private static final byte[] NOTHING = {};
    private static final int MOST_KEPT = 10_000;
    /** For how long the answer of a process is waited for that may hang. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final TransportContext context;
    private final Path directory;
    private final Path socket;
    private final Map<String, Delivery> actions = new HashMap<>();
    private final Map<String, List<ListenerLane>> lanes = new LinkedHashMap<>();
    private final Map<String, List<Heard>> subscriptions = new ConcurrentHashMap<>();
    private final Set<LocalLink> links = ConcurrentHashMap.newKeySet();
    /** What is run here and what is asked of others, until its reply is sent or there. */
    private final Set<CompletableFuture<Reply>> underWay = ConcurrentHashMap.newKeySet();
    /** The replies to requests with an idempotency key; guarded by itself. */
    private final Map<String, CompletableFuture<Reply>> kept = new LinkedHashMap<>();

    private @Nullable ServerSocketChannel server;
    private volatile boolean quiet;
    private volatile boolean closed;

    /** What hears a channel beside the app's listeners. */
    private record Heard(Map<String, List<Heard>> all, String channel, Consumer<JsonNode> listener, AtomicBoolean ended)
            implements Subscription {

        void hear(JsonNode message) {
            try {
                if (!ended.get()) {
                    listener.accept(message);
                }
            } catch (Throwable e) {
                LOG.error("the listener of a subscription of '{}' failed", channel, e);
            }
        }

        @Override
        public void close() {
            ended.set(true);
            all.getOrDefault(channel, List.of()).removeIf(one -> one.ended.get());
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
            // Now it takes connections. What takes none is removed by whoever sees it.
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
                links.add(link);
                context.executor().execute(() -> serve(link));
            } catch (IOException | RuntimeException e) {
                LOG.debug("a connection was not taken", e);
            }
        }
    }

    /** Answers another process until it has gone, which also says that it waits no more. */
    private void serve(LocalLink link) {
        try (link) {
            for (LocalLink.Frame frame = link.receive(); frame != null && !closed; frame = link.receive()) {
                JsonNode head = frame.head();
                switch (head.path("op").asString("")) {
                    case "event" ->
                        link.send(head("heard").put("count", hear(text(head, "channel"), frame.body())), NOTHING);
                    case "ask" -> link.send(head(role(head)), NOTHING);
                    default -> run(link, head, frame.body());
                }
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            LOG.debug("a connection has ended", e);
        } finally {
            links.remove(link);
        }
    }

    private int hear(@Nullable String channel, byte[] message) throws InterruptedException {
        List<Heard> heard = subscriptions.getOrDefault(channel, List.of());
        JsonNode shared = heard.isEmpty() ? null : read(channel, message);
        int count = heard.size();
        synchronized (subscriptions) {
            if (shared != null) {
                heard.forEach(one -> one.hear(shared));
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

    private @Nullable JsonNode read(@Nullable String channel, byte[] message) {
        try {
            return (ObjectNode) context.json().read(message);
        } catch (RuntimeException e) {
            LOG.warn("a message on '{}' can't be read: {}", channel, e.getMessage());
            return null;
        }
    }

    /** What this replica would be to a request. */
    private String role(JsonNode head) {
        Delivery delivery = actions.get(text(head, "action"));
        if (quiet || actions.isEmpty()) {
            return "NONE";
        }
        synchronized (kept) {
            return kept.containsKey(key(head)) ? "KNOWN" : delivery == null ? "UNKNOWN" : delivery.name();
        }
    }

    private void run(LocalLink link, JsonNode head, byte[] payload) {
        CompletableFuture<Reply> done = new CompletableFuture<>();
        underWay.add(done);
        done.whenComplete((reply, error) -> {
            send(link, head, error == null ? reply : failure(500, "Internal Server Error"));
            link.close();
            end(done);
        });
        context.executor().execute(() -> {
            try {
                ActionRequest request = ActionRequest.builder(
                                text(head, "action"), context.json().read(payload))
                        .correlationId(text(head, "correlationId"))
                        .idempotencyKey(text(head, "key"))
                        .traceparent(text(head, "traceparent"))
                        .deadline(
                                head.has("deadline")
                                        ? Instant.ofEpochMilli(
                                                head.path("deadline").asLong())
                                        : null)
                        .clock(context.clock())
                        .cancelled(link::isClosed)
                        .progress(value -> send(link, head, new Reply(0, value)))
                        .build();
                run(head, request, done);
            } catch (HttpException e) {
                done.complete(failure(e.status(), "The payload can't be read"));
            }
        });
    }

    private void run(JsonNode head, ActionRequest request, CompletableFuture<Reply> done) {
        if (request.isCancelled()) {
            done.complete(failure(408, "Nobody waits any more"));
            return;
        }
        boolean keeps = text(head, "key") != null && actions.get(request.action()) == Delivery.ONE_OF;
        CompletableFuture<Reply> known = null;
        synchronized (kept) {
            known = keeps ? kept.putIfAbsent(key(head), done) : null;
            if (kept.size() > MOST_KEPT) {
                kept.remove(kept.keySet().iterator().next());
            }
        }
        if (known != null) {
            done.complete(known.getNow(failure(409, "A request with this idempotency key is still running")));
            return;
        }
        context.dispatcher().action(request).whenComplete((reply, error) -> {
            if (reply == null || (reply.isError() && !reply.isPermanent())) {
                synchronized (kept) {
                    kept.remove(key(head), done);
                }
            }
            done.complete(reply == null ? failure(500, "Internal Server Error") : reply);
        });
    }

    /** Sends a reply, or progress, which has no status. */
    private void send(LocalLink link, JsonNode head, Reply reply) {
        try {
            link.send(
                    head("reply").put("status", reply.status()), context.json().write(reply.payload()));
        } catch (IOException e) {
            LOG.debug("action '{}': nobody waits for the reply", text(head, "action"));
        }
    }

    private void end(CompletableFuture<Reply> done) {
        underWay.remove(done);
        synchronized (underWay) {
            underWay.notifyAll();
        }
    }

    @Override
    public long publish(String channel, JsonNode message) {
        byte[] body = context.json().write(message);
        long count = 0;
        for (LocalLink link : connect("", "")) {
            count += ask(link, head("event").put("channel", channel), body)
                    .path("count")
                    .asLong(0);
            link.close();
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new MessagingException(
                    MessagingException.Reason.OTHER,
                    "broadcast on '" + channel + "': the thread was interrupted",
                    null);
        }
        return count;
    }

    /** Connects to replicas of a name, in an order that a salt decides, and removes the sockets of those that were killed. */
    private List<LocalLink> connect(String prefix, String salt) {
        if (closed) {
            throw new IllegalStateException("app '" + context.app() + "' is stopped, so it can't send messages");
        }
        List<Path> sockets = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, prefix + "*" + SOCKET)) {
            found.forEach(sockets::add);
        } catch (IOException e) {
            throw new MessagingException(
                    MessagingException.Reason.OTHER, "'" + directory + "' can't be read: " + e.getMessage(), e);
        }
        sockets.sort(
                Comparator.comparing(one -> UUID.nameUUIDFromBytes((one + salt).getBytes(StandardCharsets.UTF_8))));
        List<LocalLink> connected = new ArrayList<>();
        for (Path one : sockets) {
            try {
                connected.add(new LocalLink(SocketChannel.open(UnixDomainSocketAddress.of(one)), context.json()));
            } catch (ConnectException e) {
                // No socket has the name of an earlier one.
                one.toFile().delete();
            } catch (IOException e) {
                LOG.debug("'{}' can't be reached", one, e);
            }
        }
        return connected;
    }

    /** Asks a process; the answer is empty if it goes, or hangs. */
    private JsonNode ask(LocalLink link, JsonNode head, byte[] body) {
        AppClock.Timeout timeout = context.clock().schedule(PATIENCE, link::close);
        try {
            link.send(head, body);
            LocalLink.Frame answer = link.receive();
            return answer == null ? head("") : answer.head();
        } catch (IOException e) {
            return head("");
        } finally {
            timeout.cancel();
        }
    }

    @Override
    public CompletableFuture<Reply> request(String service, ActionRequest request) {
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        underWay.add(reply);
        reply.whenComplete((value, error) -> end(reply));
        context.executor().execute(() -> {
            try {
                call(service, request, reply);
            } catch (RuntimeException e) {
                reply.completeExceptionally(e);
            }
        });
        return reply;
    }

    private void call(String service, ActionRequest request, CompletableFuture<Reply> reply) {
        String key = request.idempotencyKey();
        ObjectNode head = head("ask")
                .put("action", request.action())
                .put("key", key)
                .put("correlationId", request.correlationId())
                .put("traceparent", request.traceparent());
        if (request.deadline() != null) {
            head.put("deadline", request.deadline().plusNanos(999_999).toEpochMilli());
        }
        Map<String, List<LocalLink>> roles = new HashMap<>();
        for (LocalLink link :
                connect(prefix(service), key == null ? UUID.randomUUID().toString() : key)) {
            String role = text(ask(link, head, NOTHING), "op");
            roles.computeIfAbsent(role, none -> new ArrayList<>()).add(link);
        }
        List<LocalLink> chosen = Stream.of("ALL", "KNOWN", "ONE_OF", "UNKNOWN")
                .filter(roles::containsKey)
                .findFirst()
                .map(role ->
                        role.equals("ALL") ? roles.get(role) : roles.get(role).subList(0, 1))
                .orElse(List.of());
        roles.values()
                .forEach(
                        all -> all.stream().filter(one -> !chosen.contains(one)).forEach(LocalLink::close));
        if (chosen.isEmpty()) {
            reply.completeExceptionally(new NoResponderException(service, request.action()));
        }
        AtomicInteger left = new AtomicInteger(chosen.size());
        for (LocalLink link : chosen) {
            context.executor().execute(() -> {
                follow(link, head.deepCopy().put("op", "run"), request, reply);
                if (left.decrementAndGet() == 0) {
                    reply.completeExceptionally(new MessagingException(
                            MessagingException.Reason.UNREACHABLE,
                            "call of '" + request.action() + "' at '" + service + "': it ended without a reply",
                            null));
                }
            });
        }
    }

    private void follow(LocalLink link, JsonNode head, ActionRequest request, CompletableFuture<Reply> reply) {
        reply.whenComplete((value, error) -> {
            if (error != null) {
                // Which tells the replica that nobody waits.
                link.close();
            }
        });
        try (link) {
            link.send(head, context.json().write(request.payload()));
            for (LocalLink.Frame frame = link.receive(); frame != null; frame = link.receive()) {
                JsonNode value = context.json().read(frame.body());
                int status = frame.head().path("status").asInt(0);
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
        if (closed) {
            throw new IllegalStateException("app '" + context.app() + "' is stopped, so it can't hear channels");
        }
        Heard heard = new Heard(
                subscriptions,
                requireNonNull(channel, "channel"),
                requireNonNull(listener, "listener"),
                new AtomicBoolean());
        subscriptions
                .computeIfAbsent(channel, name -> new CopyOnWriteArrayList<>())
                .add(heard);
        return heard;
    }

    @Override
    public String append(String stream, @Nullable String key, JsonNode entry) {
        throw new MessagingException(
                MessagingException.Reason.OTHER,
                "append to '" + stream
                        + "': the local bus has no streams. Use a transport that has, such as cyanotype-pubsub-redis.",
                null);
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
        for (List<ListenerLane> channel : lanes.values()) {
            for (ListenerLane lane : channel) {
                lane.awaitEmpty(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
            }
        }
        synchronized (underWay) {
            for (long left = 1; !underWay.isEmpty() && left > 0; left = deadline - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(underWay, left);
            }
        }
    }

    @Override
    public Map<String, Long> counters() {
        Map<String, Long> counters = new HashMap<>();
        lanes.forEach((channel, all) -> counters.put(
                "listener." + channel + ".dropped",
                all.stream().mapToLong(ListenerLane::dropped).sum()));
        return counters;
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
            LOG.warn("'{}' could not be removed: {}", socket, e.getMessage());
        }
        subscriptions.values().forEach(all -> all.forEach(Heard::close));
        lanes.values().forEach(all -> all.forEach(ListenerLane::close));
        links.forEach(LocalLink::close);
        underWay.forEach(reply -> reply.completeExceptionally(
                new MessagingException(MessagingException.Reason.UNREACHABLE, "the app has stopped", null)));
    }

    private static ObjectNode head(String op) {
        return JsonNodeFactory.instance.objectNode().put("op", op);
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
}

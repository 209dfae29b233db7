/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.socket;

import dev.cyanotype.exchange.Attribute;
import dev.cyanotype.exchange.HttpException;
import dev.cyanotype.internal.concurrent.InFlight;
import dev.cyanotype.internal.json.JsonCodec;
import dev.cyanotype.socket.Audience;
import dev.cyanotype.socket.CloseStatus;
import dev.cyanotype.socket.Handshake;
import dev.cyanotype.socket.Presence;
import dev.cyanotype.socket.Room;
import dev.cyanotype.socket.Socket;
import dev.cyanotype.socket.SocketCloseException;
import dev.cyanotype.socket.SocketOptions;
import dev.cyanotype.socket.Sockets;
import dev.cyanotype.spi.AppClock;
import dev.cyanotype.spi.MessageBus;
import dev.cyanotype.spi.PresenceStore;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** The websockets of one app. Thread-safe. */
public final class SocketHub implements Sockets, Replicas.Listener {

    private static final Logger LOG = LoggerFactory.getLogger("dev.cyanotype.socket");

    private final String app;
    private final SocketOptions options;
    private final JsonCodec json;
    private final Executor executor;
    private final Predicate<String> isEndpoint;
    private final AppClock clock;

    /** What other replicas know this one by. */
    private final String self;

    private final Map<String, Client> clients = new ConcurrentHashMap<>();
    private final Map<String, Set<Client>> rooms = new ConcurrentHashMap<>();
    private final LongAdder opened = new LongAdder();
    private final LongAdder slow = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final Capacity capacity;

    /** Those that are connected, or for which something still runs. */
    private final InFlight connected = new InFlight();

    private final KeepAlive keepAlive;
    private PresenceBoard presence;
    private @Nullable Replicas replicas;

    /**
     * Without clients.
     *
     * @param replica distinguishes this process from all others that run the app
     * @param isEndpoint whether a full name is that of a websocket with a path of its own
     * @param clock what signs of life, limits and timeouts go by
     */
    public SocketHub(
            String app,
            String replica,
            SocketOptions options,
            JsonCodec json,
            Executor executor,
            Predicate<String> isEndpoint,
            AppClock clock) {
        this.app = app;
        this.self = replica;
        this.options = options;
        this.json = json;
        this.executor = executor;
        this.isEndpoint = isEndpoint;
        this.clock = clock;
        this.capacity = new Capacity(app, options, clock);
        this.presence = new PresenceBoard(null, app, self, executor);
        this.keepAlive = new KeepAlive(this, clients::values, () -> presence.renew());
    }

    /** Joins the other replicas, before there are clients. */
    public void join(MessageBus bus) {
        if (bus.isShared()) {
            presence = new PresenceBoard(bus.as(PresenceStore.class).orElse(null), app, self, executor);
            replicas = new Replicas(bus, json, app, self, this);
        }
    }

    String app() {
        return app;
    }

    public SocketOptions options() {
        return options;
    }

    /** Runs what may block. */
    public Executor executor() {
        return executor;
    }

    AppClock clock() {
        return clock;
    }

    /** A new limit for one client; null if there is none. */
    @Nullable
    RateLimit rateLimit() {
        return options.rateLimit() == 0 ? null : new RateLimit(options.rateLimit(), options.rateWindow());
    }

    boolean hasIdleTimeout() {
        return options.idleTimeout() != null;
    }

    // ---- coming and going

    /** Why there may not be one more client; null if there may. Cheap, and asked before anything of the app's is run. */
    public @Nullable HttpException overload(@Nullable InetSocketAddress remote) {
        return capacity.overload(remote);
    }

    /**
     * Takes a client in, whose socket is not open yet.
     *
     * @param attributes what was found out about it already
     * @throws HttpException if there are too many clients, or one has its id
     */
    public Client admit(
            Conversation conversation, Handshake handshake, ClientRules rules, Map<Attribute<?>, Object> attributes) {
        String id = options.clientIds().newId(handshake);
        if (id == null || id.isEmpty()) {
            throw new IllegalStateException("sockets: the generator of client ids returned "
                    + (id == null ? "null" : "an empty id") + " (expected: a text). Return one for each client.");
        }
        Client client = new Client(this, conversation, id, handshake, rules, attributes);
        capacity.enter(handshake.remoteAddress());
        if (clients.putIfAbsent(id, client) != null) {
            capacity.leave(handshake.remoteAddress());
            capacity.refuse();
            throw new HttpException(409, "A client of this id is connected already");
        }
        connected.begin();
        return client;
    }

    void opened(Client client) {
        opened.increment();
        keepAlive.start();
        if (capacity.isClosed()) {
            client.end(GOING_AWAY, "");
        }
    }

    void removed(Client client) {
        if (clients.remove(client.id(), client)) {
            dropped.add(client.droppedMessages());
            capacity.leave(client.handshake().remoteAddress());
        }
    }

    /** Nothing runs any more for a client that was removed. */
    void gone() {
        connected.end();
    }

    void tooSlow(Client client) {
        slow.increment();
        LOG.warn("{} of app '{}' is disconnected, because it reads too slowly", client, app);
    }

    void failed(Client client, Throwable cause) {
        LOG.error("{} of app '{}' is disconnected, because its messages can't be handled", client, app, cause);
    }

    // ---- rooms

    static void requireName(String room) {
        if (Objects.requireNonNull(room, "room").isEmpty()) {
            throw new IllegalArgumentException("sockets: the room's name is empty");
        }
    }

    /** What is told to other replicas. */
    JsonNode tree(Object about) {
        return json.tree(about);
    }

    void joined(Client client, String room, @Nullable JsonNode about) {
        rooms.compute(room, (name, members) -> {
            Set<Client> all = members == null ? ConcurrentHashMap.newKeySet(4) : members;
            all.add(client);
            return all;
        });
        presence.joined(room, client.id(), about);
    }

    void left(Client client, String room) {
        rooms.computeIfPresent(room, (name, members) -> {
            members.remove(client);
            return members.isEmpty() ? null : members;
        });
        presence.left(room, client.id());
    }

    Set<String> members(String room) {
        return rooms.getOrDefault(room, Set.of()).stream().map(Client::id).collect(Collectors.toUnmodifiableSet());
    }

    List<Presence> presence(String room) {
        return List.copyOf(presence.in(room));
    }

    // ---- sending

    /** Sends to clients here, then to those of other replicas; how many there are here. */
    int send(Post post) {
        int reached = deliver(post);
        boolean allHere =
                post.target() instanceof Target.Clients some && clients.keySet().containsAll(some.ids());
        if (replicas != null && !allHere) {
            replicas.send(post);
        }
        return reached;
    }

    boolean send(Client client, @Nullable String type, @Nullable Object data) {
        Outgoing message = new Outgoing(json, type, "message", data, null);
        return client.post(message.frame(client.conversation()), null);
    }

    private int deliver(Post post) {
        Outgoing message = new Outgoing(json, post.type(), post.target().defaultType(), post.data(), post.key());
        if (post.target() instanceof Target.Clients some) {
            int reached = 0;
            for (String id : some.ids()) {
                Client client = clients.get(id);
                reached += client != null && deliver(post, message, client) ? 1 : 0;
            }
            return reached;
        }
        Collection<Client> all = clients.values();
        if (post.target() instanceof Target.InRoom room) {
            all = rooms.getOrDefault(room.name(), Set.of());
        }
        int reached = 0;
        for (Client client : all) {
            reached += isMeant(post.target(), client) && deliver(post, message, client) ? 1 : 0;
        }
        return reached;
    }

    private static boolean isMeant(Target target, Client client) {
        if (target instanceof Target.All) {
            return client.conversation().isEnveloped();
        }
        return !(target instanceof Target.Endpoint endpoint)
                || endpoint.name().equals(client.conversation().name());
    }

    private static boolean deliver(Post post, Outgoing message, Client client) {
        return !post.except().contains(client.id()) && client.post(message.frame(client.conversation()), message.key());
    }

    @Override
    public void post(Post post) {
        deliver(post);
    }

    @Override
    public void close(String clientId, CloseStatus status) {
        Client client = clients.get(clientId);
        if (client != null) {
            client.end(status.code(), status.reason());
        }
    }

    // ---- what the app sees

    @Override
    public Audience all() {
        return new AppAudience(this, new Target.All());
    }

    @Override
    public Audience endpoint(String name) {
        if (!isEndpoint.test(Objects.requireNonNull(name, "name"))) {
            throw new IllegalArgumentException("sockets: no websocket has the name '" + name
                    + "' (expected: a full name, e.g. 'news.feed'). Name one with r -> r.name(…).");
        }
        return new AppAudience(this, new Target.Endpoint(name));
    }

    @Override
    public Audience to(String... clientIds) {
        return to(Arrays.asList(clientIds));
    }

    @Override
    public Audience to(Collection<String> clientIds) {
        return new AppAudience(this, new Target.Clients(Set.copyOf(clientIds)));
    }

    @Override
    public Room room(String name) {
        requireName(name);
        return new AppRoom(this, name);
    }

    @Override
    public Optional<Socket> client(String id) {
        return Optional.ofNullable(clients.get(Objects.requireNonNull(id, "id")));
    }

    @Override
    public List<Socket> clients() {
        return List.copyOf(clients.values());
    }

    @Override
    public int count() {
        return capacity.count();
    }

    @Override
    public boolean disconnect(String clientId, int code, String reason) {
        SocketCloseException checked = new SocketCloseException(code, reason);
        Client client = clients.get(Objects.requireNonNull(clientId, "clientId"));
        if (client != null) {
            client.close(code, reason);
        } else if (replicas != null) {
            replicas.close(clientId, new CloseStatus(checked.code(), reason));
        }
        return client != null;
    }

    /** For metrics; none goes down but the number of clients. */
    public Map<String, Long> counters() {
        Map<String, Long> counters = new LinkedHashMap<>();
        counters.put("opened", opened.sum());
        counters.put("refused", capacity.refused());
        counters.put("slow", slow.sum());
        counters.put(
                "dropped",
                dropped.sum()
                        + clients.values().stream()
                                .mapToLong(Client::droppedMessages)
                                .sum());
        return counters;
    }

    // ---- the end

    /** Lets nobody in from now on. */
    public void refuse() {
        capacity.close();
    }

    /** Reads nothing more, and waits for what was read; how many clients have something under way after that time. */
    public int finish(Duration budget) throws InterruptedException {
        return new Drain(clients.values(), connected, json, budget).finish();
    }

    /** Closes all sockets, and waits for their ends; how many were cut after that time. */
    public int goodbye(Duration budget) throws InterruptedException {
        return new Drain(clients.values(), connected, json, budget).goodbye();
    }

    /** Ends everything that is left. */
    public void end() {
        capacity.close();
        keepAlive.close();
        clients.values().forEach(client -> client.end(GOING_AWAY, ""));
        if (replicas != null) {
            replicas.close();
        }
    }

    static final int GOING_AWAY = 1001;
}

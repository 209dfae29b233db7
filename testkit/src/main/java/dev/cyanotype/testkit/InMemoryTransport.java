/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

import dev.cyanotype.internal.testkit.broker.Broker;
import dev.cyanotype.internal.testkit.broker.Connection;
import dev.cyanotype.spi.ActionRequest;
import dev.cyanotype.spi.Dispatcher;
import dev.cyanotype.spi.HttpRequest;
import dev.cyanotype.spi.MessageBus;
import dev.cyanotype.spi.OperationKind;
import dev.cyanotype.spi.RenderedResponse;
import dev.cyanotype.spi.Reply;
import dev.cyanotype.spi.Subscription;
import dev.cyanotype.spi.Transport;
import dev.cyanotype.spi.TransportContext;
import dev.cyanotype.spi.TransportProvider;
import dev.cyanotype.spi.Upgrade;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Carries everything of one app in memory: requests within the calling thread, messages by a broker. */
final class InMemoryTransport implements TransportProvider, MessageBus {

    /** What does not come by then does not come by itself. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private final List<TestMessage> appended = new ArrayList<>();
    private final List<ReplicaSocket> sockets = new CopyOnWriteArrayList<>();
    private final @Nullable String name;
    private final @Nullable TestClock clock;
    private @Nullable Broker broker;
    private @Nullable Connection connection;
    private volatile boolean crashed;

    /** Of an app that knows of no other. */
    InMemoryTransport() {
        name = null;
        clock = null;
    }

    /**
     * Of a replica.
     *
     * @param broker what it shares with others
     * @param name what it is called
     * @param clock passes while somebody waits
     */
    InMemoryTransport(Broker broker, String name, TestClock clock) {
        this.broker = broker;
        this.name = name;
        this.clock = clock;
    }

    @Override
    public String id() {
        return "memory";
    }

    @Override
    public Set<OperationKind> carries() {
        return EnumSet.complementOf(EnumSet.of(OperationKind.TASK, OperationKind.THREAD));
    }

    @Override
    public Set<String> settings() {
        return Set.of("*");
    }

    @Override
    public Transport create(TransportContext context) {
        if (broker == null) {
            broker = Broker.alone(context.clock());
        }
        connection = new Connection(broker, name == null ? context.app() : name, context, this::record);
        return this;
    }

    @Override
    public void start() {
        connection().start();
    }

    @Override
    public void quiesce() {
        connection().quiesce();
    }

    @Override
    public void drain(Duration budget) throws InterruptedException {
        connection().drain(budget);
    }

    @Override
    public void close() {
        connection().close();
    }

    @Override
    public Health health() {
        return connection().health();
    }

    @Override
    public Map<String, Long> counters() {
        return connection().counters();
    }

    @Override
    public <T> Optional<T> as(Class<T> type) {
        return connection().as(type);
    }

    Upgrade upgrade(HttpRequest request) {
        Upgrade upgrade = ended(dispatcher().upgrade(request, false));
        if (name == null || !(upgrade instanceof Upgrade.Accepted accepted)) {
            return upgrade;
        }
        ReplicaSocket socket = new ReplicaSocket(accepted.receiver());
        sockets.add(socket);
        connection().note("opens a websocket on " + request.path());
        return new Upgrade.Accepted(socket, accepted.subprotocol());
    }

    RenderedResponse http(HttpRequest request) {
        RenderedResponse response = ended(dispatcher().http(request));
        connection().note(request.method() + " " + request.path() + ", " + response.status());
        return response;
    }

    TestReply call(String action, JsonNode payload) {
        List<JsonNode> progress = new ArrayList<>();
        Reply reply = ended(dispatcher()
                .action(ActionRequest.builder(action, payload)
                        .clock(connection().context().clock())
                        .progress(progress::add)
                        .build()));
        return new TestReply(reply, progress);
    }

    private Dispatcher dispatcher() {
        checkAlive();
        return connection().context().dispatcher();
    }

    private void checkAlive() {
        if (crashed) {
            throw new IllegalStateException(
                    "replica '" + connection().name() + "' has crashed (expected: one that runs). Restart it first.");
        }
    }

    /** What comes of something; on the thread that moves a simulation time passes until it is there. */
    private <T> T ended(CompletableFuture<T> future) {
        if (clock != null && clock.isDriven() && !clock.passUntil(future, LONGEST)) {
            throw new AssertionError("replica '" + connection().name() + "' has not answered within " + LONGEST
                    + " of its time (expected: an answer that nobody else has to make happen)");
        }
        T result = future.join();
        checkAlive();
        return result;
    }

    boolean isCrashed() {
        return crashed;
    }

    /** Is gone at once. */
    void crash() {
        connection().crash();
        crashed = true;
        sockets.forEach(ReplicaSocket::crash);
    }

    /** Publishes a message of another service; how many listeners have heard it. */
    long deliver(String channel, JsonNode message) {
        return broker().publish(null, channel, message);
    }

    @Override
    public long publish(String channel, JsonNode message) {
        return connection().publish(channel, message);
    }

    @Override
    public Subscription subscribe(String channel, Consumer<JsonNode> listener) {
        return connection().subscribe(channel, listener);
    }

    @Override
    public boolean isShared() {
        return connection().isShared();
    }

    @Override
    public String append(String stream, @Nullable String key, JsonNode entry) {
        record(stream, entry);
        return connection().append(stream, key, entry);
    }

    @Override
    public CompletableFuture<Reply> request(String service, ActionRequest request) {
        return connection().request(service, request);
    }

    private void record(String stream, JsonNode entry) {
        synchronized (appended) {
            appended.add(new TestMessage(stream, entry.deepCopy()));
        }
    }

    List<TestMessage> appended() {
        synchronized (appended) {
            return List.copyOf(appended);
        }
    }

    private Broker broker() {
        return Objects.requireNonNull(broker, "the app is not started");
    }

    /** The way to the broker. */
    Connection connection() {
        return Objects.requireNonNull(connection, "the app is not started");
    }
}

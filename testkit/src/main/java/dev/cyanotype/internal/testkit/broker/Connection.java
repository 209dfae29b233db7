/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.testkit.broker;

import static java.util.Objects.requireNonNull;

import dev.cyanotype.message.MessagingException;
import dev.cyanotype.message.NoResponderException;
import dev.cyanotype.spi.ActionRequest;
import dev.cyanotype.spi.MessageBus;
import dev.cyanotype.spi.PresenceStore;
import dev.cyanotype.spi.Reply;
import dev.cyanotype.spi.Subscription;
import dev.cyanotype.spi.TaskLeases;
import dev.cyanotype.spi.TransportContext;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One replica's way to the broker, and the bus of its app. Thread-safe. */
public final class Connection implements MessageBus {

    /** What keeps its order whatever the network does to others. */
    static final String REPLIES = "replies";

    private final Broker broker;
    private final String name;
    private final TransportContext context;
    private final Hearing hearing;
    private final ActionServer actions;
    private final Consumption consumption;
    private final Network.Link requests = new Network.Link("requests");
    private final Network.Link replies = new Network.Link(REPLIES);
    private final Network.Link events = new Network.Link("events");
    private final Set<Call> waiting = ConcurrentHashMap.newKeySet();
    private final ReplicaStores stores;
    private final BiConsumer<String, JsonNode> onLetter;

    private volatile Faults faults = Faults.NONE;
    private volatile State state = State.NEW;

    /** When it was cut off from the broker; null unless it is. */
    private volatile @Nullable Instant cutOff;

    /** How often it was cut off. */
    private final AtomicInteger cuts = new AtomicInteger();

    private enum State {
        NEW,
        OPEN,
        QUIET,
        CLOSED,
        CRASHED
    }

    /**
     * A way to the broker that is not open yet.
     *
     * @param name what the replica is called
     * @param context what the app gives
     * @param onLetter told of each dead letter that the replica writes, with its stream
     */
    public Connection(Broker broker, String name, TransportContext context, BiConsumer<String, JsonNode> onLetter) {
        this.onLetter = onLetter;
        this.broker = broker;
        this.name = name;
        this.context = context;
        TransportContext inTurn = new TurnContext(context, broker.turns.on(context.executor(), this));
        this.hearing = new Hearing(this, inTurn);
        this.actions = new ActionServer(this, context);
        this.consumption = new Consumption(broker, this, inTurn);
        this.stores = new ReplicaStores(this, broker.presence);
    }

    /** What the replica is called. */
    public String name() {
        return name;
    }

    /** What the app has given. */
    public TransportContext context() {
        return context;
    }

    /** What the network does to this replica beyond what it does to all. */
    public Faults faults() {
        return faults;
    }

    /** Changes what the network does to this replica. */
    public void faults(Faults own) {
        faults = own;
    }

    /** Says what happens to it; what a crashed one still does, nobody sees. */
    public void note(String what) {
        if (state != State.CRASHED) {
            broker.note(this, what);
        }
    }

    /** Runs something now, or after what the thread is at. */
    void inTurn(Runnable task) {
        broker.turns.run(this, task);
    }

    Service service() {
        return broker.service(context.app());
    }

    ActionServer actions() {
        return actions;
    }

    @Override
    public void start() {
        state = State.OPEN;
        broker.join(this);
        consumption.start();
        note("is there");
    }

    /** Whether it is neither cut off nor gone. */
    boolean isReachable() {
        return cutOff == null && !isGone();
    }

    /** Whether it has crashed or was closed. */
    boolean isGone() {
        return state == State.CLOSED || state == State.CRASHED;
    }

    /** Whether it takes work from others. */
    boolean isHearing() {
        return isReachable() && isListed();
    }

    /** Whether the broker takes it for one that takes work, also while it does not reach it. */
    private boolean isListed() {
        return state == State.OPEN || !broker.isShared();
    }

    boolean serves(String service) {
        return actions.hasActions() && isListed() && service.equals(context.app());
    }

    int hearers(String channel) {
        return hearing.hearers(channel);
    }

    @Override
    public boolean isShared() {
        return broker.isShared();
    }

    @Override
    public Health health() {
        return cutOff == null ? Health.UP : Health.DOWN;
    }

    @Override
    public Map<String, Long> counters() {
        Map<String, Long> counters = new HashMap<>();
        hearing.counters(counters);
        return counters;
    }

    @Override
    public <T> Optional<T> as(Class<T> type) {
        boolean offered = isShared() && (type == PresenceStore.class || type == TaskLeases.class);
        return offered ? Optional.of(type.cast(stores)) : Optional.empty();
    }

    /** Refuses what can't be done any more, or now. */
    void checkOpen(String what, String can) {
        if (isGone()) {
            throw new IllegalStateException("app '" + context.app() + "' is stopped, so it can't " + can);
        }
        if (cutOff != null) {
            note("can't reach the broker: " + what);
            throw unreachable(what + ": the broker can't be reached");
        }
    }

    private static MessagingException unreachable(String text) {
        return new MessagingException(MessagingException.Reason.UNREACHABLE, text, null);
    }

    @Override
    public long publish(String channel, JsonNode message) {
        checkOpen("broadcast on '" + channel + "'", "send messages");
        if (broker.isWatched()) {
            note("broadcasts on '" + channel + "'");
        }
        return broker.publish(this, channel, message);
    }

    /** Brings a message of a channel. */
    void bring(@Nullable Connection from, String channel, JsonNode shared) {
        String what = "a message on '" + channel + "'";
        Instant sent = broker.clock.instant();
        broker.network.carry(
                from,
                this,
                events,
                what,
                () -> {
                    if (isReachable()) {
                        note("gets " + what);
                        hearing.message(channel, shared);
                    }
                },
                () -> {
                    if (isReachable()) {
                        hearing.missed(sent, broker.clock.instant());
                    }
                });
    }

    @Override
    public Subscription subscribe(String channel, Consumer<JsonNode> listener) {
        requireNonNull(channel, "channel");
        requireNonNull(listener, "listener");
        if (isGone()) {
            throw new IllegalStateException("app '" + context.app() + "' is stopped, so it can't hear channels");
        }
        return hearing.subscribe(channel, listener);
    }

    @Override
    public CompletableFuture<Reply> request(String service, ActionRequest request) {
        if (isGone()) {
            throw new IllegalStateException("app '" + context.app() + "' is stopped, so it can't send messages");
        }
        if (cutOff != null) {
            note("can't reach the broker: call of '" + request.action() + "' at '" + service + "'");
            return CompletableFuture.failedFuture(
                    unreachable("the broker can't be reached at the moment, so no reply would be heard"));
        }
        List<Connection> servers = broker.servers(service, request.action());
        if (servers.isEmpty()) {
            note("finds nobody to run '" + request.action() + "' at '" + service + "'");
            return CompletableFuture.failedFuture(new NoResponderException(service, request.action()));
        }
        Call call = new Call(broker.nextCall(), this, service, request);
        note("makes " + call);
        waiting.add(call);
        call.reply.whenComplete((reply, error) -> {
            waiting.remove(call);
            boolean givenUp = error instanceof CancellationException || error instanceof TimeoutException;
            if (givenUp && isReachable()) {
                note("waits no more for " + call);
                call.cancel();
            }
        });
        for (Connection server : servers) {
            broker.network.carry(
                    this, server, server.requests, call.toString(), () -> server.actions.take(call), () -> {});
        }
        return call.reply;
    }

    /** Sends a reply, or a part of one. */
    void send(Connection caller, String what, Runnable arrival) {
        if (isReachable()) {
            broker.network.carry(this, caller, caller.replies, what, arrival, () -> {});
        }
    }

    void progress(Call call, JsonNode payload) {
        if (isReachable() && !call.reply.isDone()) {
            call.request.progress().accept(payload);
        }
    }

    void answered(Call call, Reply reply) {
        if (isReachable() && !call.reply.isDone()) {
            note("has the reply to " + call + ", " + reply.status());
            call.reply.complete(reply);
        }
    }

    @Override
    public String append(String stream, @Nullable String key, JsonNode entry) {
        checkOpen("append to '" + stream + "'", "send messages");
        String id = broker.streams.append(stream, key, entry);
        note("has appended " + id + " to '" + stream + "'");
        return id;
    }

    /** Adds an entry that was tried in vain to the stream for those. */
    void bury(String stream, @Nullable String key, JsonNode letter) {
        onLetter.accept(stream, letter);
        broker.streams.append(stream, key, letter);
    }

    /** Cuts it off from the broker, until it is healed. */
    public void cut() {
        if (cutOff == null && !isGone()) {
            note("is cut off");
            cutOff = broker.clock.instant();
            cuts.incrementAndGet();
            consumption.away();
        }
    }

    /** Lets it reach the broker again. */
    public void heal() {
        Instant from = cutOff;
        if (from != null && !isGone()) {
            note("reaches the broker again");
            cutOff = null;
            hearing.missed(from, broker.clock.instant());
            consumption.back();
        }
    }

    /** Which of its absences this is, if it is one. */
    int cuts() {
        return cuts.get();
    }

    /** Ends it as if its process had been killed: nobody is told, and what it holds stays held until its time is over. */
    public void crash() {
        if (!isGone()) {
            note("crashes");
            state = State.CRASHED;
            cuts.incrementAndGet();
            broker.leave(this);
            consumption.away();
            hearing.close();
            waiting.clear();
        }
    }

    @Override
    public void quiesce() {
        if (state == State.OPEN && broker.isShared()) {
            state = State.QUIET;
            note("takes nothing more");
            hearing.quiesce();
            consumption.quiesce();
        }
    }

    @Override
    public void drain(Duration budget) throws InterruptedException {
        long deadline = System.nanoTime() + Math.min(budget.toNanos(), Long.MAX_VALUE / 4);
        quiesce();
        long before;
        do {
            // What ends meanwhile may set off something else, behind the back of who looks.
            before = actions.begun() + consumption.begun();
        } while (awaitQuiet(deadline) && actions.begun() + consumption.begun() != before);
    }

    private boolean awaitQuiet(long deadline) throws InterruptedException {
        boolean quiet = actions.awaitNone(deadline);
        quiet &= hearing.awaitHeard(deadline);
        return consumption.awaitNone(deadline) && quiet;
    }

    @Override
    public void close() {
        if (isGone()) {
            return;
        }
        if (state != State.NEW) {
            note("is gone");
        }
        state = State.CLOSED;
        broker.leave(this);
        consumption.close();
        hearing.close();
        MessagingException stopped = unreachable("the app has stopped");
        waiting.forEach(call -> call.reply.completeExceptionally(stopped));
    }
}

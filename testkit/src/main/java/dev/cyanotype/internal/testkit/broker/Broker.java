/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.testkit.broker;

import dev.cyanotype.spi.AppClock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A broker in memory: what the replicas of all services of one test share.
 *
 * <p>Time is that of one clock, all chance comes from one seed, and handlers run on the executors of their apps: so where those run
 * everything at once, the same seed gives the same course. Thread-safe.
 */
public final class Broker {

    final AppClock clock;
    final Dice dice;
    final Turns turns;
    final Network network;
    final Streams streams;
    final Presence presence;

    private final @Nullable Timeline timeline;
    private final boolean shared;
    private final List<Connection> connections = new CopyOnWriteArrayList<>();
    private final Map<String, Service> services = new HashMap<>();
    private final AtomicLong calls = new AtomicLong();

    private Broker(AppClock clock, Dice dice, @Nullable Timeline timeline, boolean shared) {
        this.clock = clock;
        this.dice = dice;
        this.timeline = timeline;
        this.shared = shared;
        this.turns = new Turns(dice, !shared);
        this.network = new Network(this);
        this.streams = new Streams(this);
        this.presence = new Presence(clock);
    }

    /** A broker of a single app, which does not know of it. */
    public static Broker alone(AppClock clock) {
        return new Broker(clock, new Dice(0), null, false);
    }

    /**
     * A broker of several replicas.
     *
     * @param timeline gets what happens
     */
    public static Broker shared(AppClock clock, Dice dice, Timeline timeline) {
        return new Broker(clock, dice, timeline, true);
    }

    boolean isShared() {
        return shared;
    }

    /** What the network does to everybody who has nothing else said of them. */
    public Faults faults() {
        return network.faults();
    }

    /** Changes what the network does. */
    public void faults(Faults faults) {
        network.faults(faults);
    }

    void note(Connection who, String what) {
        if (timeline != null) {
            timeline.note(who.name(), what);
        }
    }

    /** Whether anybody reads what is noted. */
    boolean isWatched() {
        return timeline != null;
    }

    void join(Connection connection) {
        connections.add(connection);
    }

    void leave(Connection connection) {
        connections.remove(connection);
    }

    synchronized Service service(String name) {
        return services.computeIfAbsent(name, any -> Service.of(clock));
    }

    long nextCall() {
        return calls.incrementAndGet();
    }

    /**
     * Gives a message to all who hear its channel.
     *
     * @param from null if it comes from none of the replicas
     * @return how many listeners and subscriptions that are
     */
    public long publish(@Nullable Connection from, String channel, JsonNode message) {
        JsonNode shared = message.deepCopy();
        List<Connection> hearing = new ArrayList<>();
        long count = 0;
        for (Connection connection : connections) {
            int hearers = connection.hearers(channel);
            if (hearers > 0) {
                hearing.add(connection);
                count += hearers;
            }
        }
        dice.shuffle(hearing);
        if (hearing.size() == 1) {
            hearing.get(0).bring(from, channel, shared);
        } else if (!hearing.isEmpty()) {
            turns.run(this, () -> hearing.forEach(each -> each.bring(from, channel, shared)));
        }
        return count;
    }

    /** Adds an entry, which no replica has to. */
    public String append(String stream, @Nullable String key, JsonNode entry) {
        return streams.append(stream, key, entry);
    }

    /** Those who may run a request, in the order in which they hear of it. */
    List<Connection> servers(String service, String action) {
        List<Connection> all = new ArrayList<>();
        for (Connection connection : connections) {
            if (connection.serves(service)) {
                all.add(connection);
            }
        }
        List<Connection> knowing =
                all.stream().filter(each -> each.actions().knows(action)).toList();
        List<Connection> servers = new ArrayList<>(knowing.isEmpty() ? all : knowing);
        dice.shuffle(servers);
        return servers;
    }
}

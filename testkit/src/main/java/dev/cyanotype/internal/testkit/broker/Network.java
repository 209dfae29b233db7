/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.testkit.broker;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What is between the replicas and the broker. Thread-safe. */
final class Network {

    /** How long others may overtake something at most, unless they are late themselves. */
    private static final Duration OVERTAKING = Duration.ofMillis(100);

    private final Broker broker;
    private volatile Faults faults = Faults.NONE;

    Network(Broker broker) {
        this.broker = broker;
    }

    /** One kind of what goes to one replica: it comes in its order. Guarded by the network. */
    static final class Link {

        private final String kind;
        private long lastDue = Long.MIN_VALUE;

        Link(String kind) {
            this.kind = kind;
        }
    }

    Faults faults() {
        return faults;
    }

    void faults(Faults all) {
        faults = all;
    }

    /** What a way from one replica to another goes through: what all suffer, and what each of both does. */
    private Faults between(@Nullable Connection from, Connection to) {
        Faults way = faults.and(to.faults());
        return from == null || from == to ? way : way.and(from.faults());
    }

    /**
     * Carries something that may be lost or come twice.
     *
     * @param lost called in its place if it is lost
     */
    void carry(@Nullable Connection from, Connection to, Link link, String what, Runnable arrival, Runnable lost) {
        Faults way = between(from, to);
        if (broker.dice.chance(way.drop())) {
            broker.note(to, what + " is lost");
            bring(link, way, to, what, lost);
            return;
        }
        bring(link, way, to, what, arrival);
        if (broker.dice.chance(way.duplicate())) {
            broker.note(to, what + " is doubled");
            bring(link, way, to, what, arrival);
        }
    }

    /** Carries something that comes once, but perhaps later. */
    void bring(Connection to, Link link, String what, Runnable arrival) {
        bring(link, between(null, to), to, what, arrival);
    }

    /** Whether something that must not be lost comes a second time. */
    boolean doubles(Connection to) {
        return broker.dice.chance(between(null, to).duplicate());
    }

    private void bring(Link link, Faults way, Connection to, String what, Runnable arrival) {
        long wait = wait(link, way);
        if (wait <= 0) {
            arrival.run();
            return;
        }
        broker.note(to, what + " takes " + TimeUnit.NANOSECONDS.toMicros(wait) / 1000.0 + " ms");
        broker.clock.schedule(Duration.ofNanos(wait), arrival);
    }

    private synchronized long wait(Link link, Faults way) {
        if (way == Faults.NONE && link.lastDue == Long.MIN_VALUE) {
            return 0;
        }
        long now = broker.clock.nanoTime();
        long due = now + broker.dice.between(way.least(), way.most()).toNanos();
        // A connection keeps the order of what goes through it.
        if (!link.kind.equals(Connection.REPLIES) && broker.dice.chance(way.reorder())) {
            Duration most = way.most().compareTo(OVERTAKING) > 0 ? way.most() : OVERTAKING;
            return due - now + broker.dice.between(Duration.ofNanos(1), most).toNanos();
        }
        due = Math.max(due, link.lastDue);
        link.lastDue = due;
        return due - now;
    }
}

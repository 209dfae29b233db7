/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.testkit.broker;

import dev.cyanotype.internal.testkit.broker.Pending.Attempt;
import dev.cyanotype.spi.Reply;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A group of a stream: which entries it has not handled, and which replica has which. Thread-safe.
 *
 * <p>An entry is given to a replica that has a place for it, and is that one's until it is handled, is given back, or the replica
 * was silent for too long.
 */
final class Group {

    private final Broker broker;
    private final String stream;
    private final String name;

    /** What nobody has, in its order. */
    private final Deque<Pending> ready = new ArrayDeque<>();

    /** What somebody has. */
    private final Set<Pending> owned = new LinkedHashSet<>();

    private final List<GroupMember> members = new ArrayList<>();
    private final Set<String> handled = new HashSet<>();

    /** The keys that somebody is at, each with those who wait for that. */
    private final Map<String, Deque<Pending>> busyKeys = new HashMap<>();

    /** What is to be done with an attempt. */
    enum Step {
        RUN,
        NOTHING,
        /** It was tried as often as it may be, the last time by somebody who did not live to tell. */
        SPENT
    }

    Group(Broker broker, String stream, String name) {
        this.broker = broker;
        this.stream = stream;
        this.name = name;
    }

    /** Takes an entry, which waits until {@link #dispatch} is called. */
    synchronized void add(Streams.Entry entry) {
        ready.add(new Pending(entry));
    }

    void join(GroupMember member) {
        synchronized (this) {
            members.add(member);
        }
        dispatch();
    }

    /** Gives entries to replicas, as long as there are both. */
    void dispatch() {
        for (Attempt next = next(); next != null; next = next()) {
            next.member.deliver(next);
        }
    }

    private synchronized @Nullable Attempt next() {
        List<GroupMember> able = members.stream()
                .filter(GroupMember::hasRoom)
                .filter(member -> !member.waiting.isEmpty() || !ready.isEmpty())
                .toList();
        if (able.isEmpty()) {
            return null;
        }
        GroupMember member = able.get(broker.dice.below(able.size()));
        Pending next = member.waiting.isEmpty() ? ready.remove() : member.waiting.remove();
        next.owner = member;
        next.restsUntil = 0;
        Attempt attempt = new Attempt(next, member);
        next.attempt = attempt;
        owned.add(next);
        member.busy++;
        return attempt;
    }

    /** Looks at an entry when its turn has come. */
    synchronized Step begin(Attempt attempt) {
        Pending pending = attempt.pending;
        GroupMember member = attempt.member;
        if (pending.attempt != attempt || !member.connection.isReachable()) {
            leavePlace(attempt);
            return Step.NOTHING;
        }
        if (!member.isTaking()) {
            leavePlace(attempt);
            free(List.of(pending));
            return Step.NOTHING;
        }
        String key = pending.entry.key();
        if (key != null && handled.contains(key)) {
            leavePlace(attempt);
            owned.remove(pending);
            member.connection.note("leaves out " + about(pending) + ", whose key was handled");
            return Step.NOTHING;
        }
        if (key != null) {
            Deque<Pending> others = busyKeys.get(key);
            if (others != null) {
                leavePlace(attempt);
                owned.remove(pending);
                pending.owner = null;
                pending.attempt = null;
                others.add(pending);
                return Step.NOTHING;
            }
            busyKeys.put(key, new ArrayDeque<>());
        }
        attempt.begun = true;
        if (pending.deliveries >= member.consumer.options().maxDeliveries()) {
            return Step.SPENT;
        }
        pending.deliveries++;
        member.connection.note("handles " + about(pending) + ", delivery " + pending.deliveries);
        return Step.RUN;
    }

    private String about(Pending pending) {
        return pending.entry.id() + " of '" + stream + "' for '" + name + "'";
    }

    /** Makes room for another entry. */
    synchronized void leavePlace(Attempt attempt) {
        if (!attempt.over) {
            attempt.over = true;
            attempt.member.busy--;
            notifyAll();
        }
    }

    /** Lets another have an entry, after an executor has refused it. */
    synchronized void refused(Attempt attempt) {
        leavePlace(attempt);
        if (attempt.pending.attempt == attempt) {
            attempt.pending.attempt = null;
            attempt.member.waiting.add(attempt.pending);
        }
    }

    /** Does what follows from an end that the broker has learned of. */
    void settle(Attempt attempt, Reply reply, boolean isLast) {
        Pending pending = attempt.pending;
        GroupMember member = attempt.member;
        synchronized (this) {
            if (pending.attempt != attempt) {
                member.connection.note("is too late with " + about(pending));
                return;
            }
            if (reply.isError() && !isLast) {
                Duration rest = member.consumer.options().retryAfter(pending.deliveries);
                member.connection.note("fails with " + about(pending) + ", " + reply.status());
                pending.attempt = null;
                pending.restsUntil = broker.clock.nanoTime() + rest.toNanos();
                leaveKey(pending, false);
                member.connection.context().clock().schedule(rest, () -> rested(pending, member));
            } else {
                owned.remove(pending);
                leaveKey(pending, !reply.isError());
                if (!reply.isError()) {
                    member.connection.note("has handled " + about(pending));
                    perhapsAgain(pending, member);
                }
            }
        }
        if (reply.isError() && isLast) {
            member.connection.note("makes a dead letter of " + about(pending));
            member.bury(pending, reply);
        }
        dispatch();
    }

    /** As if the word that it was handled had been lost. */
    private void perhapsAgain(Pending pending, GroupMember member) {
        if (!pending.doubled && broker.network.doubles(member.connection)) {
            Pending again = new Pending(pending.entry);
            again.deliveries = pending.deliveries;
            again.doubled = true;
            member.connection.note("is not heard to have handled " + about(pending));
            broker.clock.schedule(member.consumer.options().reclaimAfter(), () -> {
                synchronized (this) {
                    ready.addFirst(again);
                }
                dispatch();
            });
        }
    }

    private void leaveKey(Pending pending, boolean done) {
        String key = pending.entry.key();
        if (key == null) {
            return;
        }
        if (done) {
            handled.add(key);
        }
        Deque<Pending> others = busyKeys.remove(key);
        if (others != null) {
            others.descendingIterator().forEachRemaining(ready::addFirst);
        }
    }

    private void rested(Pending pending, GroupMember member) {
        synchronized (this) {
            if (pending.owner != member || pending.restsUntil == 0) {
                return;
            }
            pending.restsUntil = 0;
            member.waiting.add(pending);
        }
        dispatch();
    }

    /** Sees to what a replica had when it was cut off. */
    void back(GroupMember member) {
        synchronized (this) {
            for (Pending pending : owned) {
                Attempt last = pending.attempt;
                if (pending.owner == member && last != null && last.over && !last.begun) {
                    pending.attempt = null;
                    member.waiting.add(pending);
                }
            }
        }
        dispatch();
    }

    /** Lets others have what a replica has that was silent for too long. */
    void reclaim(GroupMember member) {
        synchronized (this) {
            List<Pending> left =
                    owned.stream().filter(pending -> pending.owner == member).toList();
            for (Pending pending : left) {
                if (pending.attempt != null && pending.attempt.begun) {
                    leaveKey(pending, false);
                }
                member.connection.note("has " + about(pending) + " taken away");
            }
            free(left);
        }
        dispatch();
    }

    private void free(List<Pending> left) {
        for (Pending pending : left) {
            owned.remove(pending);
            if (pending.owner != null) {
                pending.owner.waiting.remove(pending);
            }
            pending.owner = null;
            pending.attempt = null;
            pending.restsUntil = 0;
        }
        List<Pending> all = new ArrayList<>(ready);
        all.addAll(left);
        all.sort(Comparator.comparingLong(pending -> pending.entry.number()));
        ready.clear();
        ready.addAll(all);
    }

    /** Gives back what a replica has not begun; what rests, when it would have been tried again. */
    void giveBack(GroupMember member) {
        synchronized (this) {
            List<Pending> now = new ArrayList<>();
            for (Pending pending : List.copyOf(owned)) {
                if (pending.owner == member && pending.restsUntil != 0) {
                    long rest = pending.restsUntil - broker.clock.nanoTime();
                    owned.remove(pending);
                    pending.owner = null;
                    broker.clock.schedule(Duration.ofNanos(Math.max(0, rest)), () -> {
                        synchronized (this) {
                            free(List.of(pending));
                        }
                        dispatch();
                    });
                } else if (pending.owner == member && (pending.attempt == null || !pending.attempt.begun)) {
                    if (pending.attempt != null) {
                        // On its way, where nobody takes it any more.
                        leavePlace(pending.attempt);
                    }
                    now.add(pending);
                }
            }
            free(now);
        }
        dispatch();
    }

    void leave(GroupMember member) {
        synchronized (this) {
            members.remove(member);
        }
    }

    /** Waits until a replica is at nothing, and nothing waits that it would take; false if the time is over before. */
    synchronized boolean awaitNone(GroupMember member, long deadline) throws InterruptedException {
        while (member.busy > 0 || (member.isTaking() && !(ready.isEmpty() && member.waiting.isEmpty()))) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return true;
    }
}

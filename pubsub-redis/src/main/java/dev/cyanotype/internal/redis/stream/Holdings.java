/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.stream;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The entries that are one consumer's, and which of them may go on. Thread-safe. */
final class Holdings {

    /** So many failed entries rest at most before no further ones are read. */
    private static final int MOST_RESTING = 10_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, Held> held = new LinkedHashMap<>();
    private final Deque<Held> waiting = new ArrayDeque<>();

    /** The keys that somebody is at, each with those who wait for that. */
    private final Map<String, Deque<Held>> keys = new HashMap<>();

    private final int places;
    private int busy;
    private int resting;
    private int takenWaiting;
    private int ahead;
    private boolean ended;

    Holdings(int places) {
        this.places = places;
    }

    /** Says how many entries may wait for a place. */
    void ahead(int entries) {
        lock.lock();
        try {
            if (entries > ahead) {
                changed.signalAll();
            }
            ahead = entries;
        } finally {
            lock.unlock();
        }
    }

    /** Adds an entry; false if it is here already, or nothing is begun any more. */
    boolean add(Held entry) {
        lock.lock();
        try {
            if (ended || held.putIfAbsent(entry.id, entry) != null) {
                return false;
            }
            wait(entry, false);
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void wait(Held entry, boolean first) {
        entry.state = Held.State.WAITING;
        entry.waitsSince = System.nanoTime();
        if (entry.entry == null) {
            takenWaiting++;
        }
        if (first) {
            waiting.addFirst(entry);
        } else {
            waiting.addLast(entry);
        }
    }

    /** The next entry, with a place; null if there is none, of either. */
    @Nullable
    Held next() {
        lock.lock();
        try {
            if (ended || busy >= places) {
                return null;
            }
            Held next = waiting.pollFirst();
            if (next != null) {
                if (next.entry == null) {
                    takenWaiting--;
                }
                next.state = Held.State.BUSY;
                busy++;
            }
            return next;
        } finally {
            lock.unlock();
        }
    }

    /** Whether a busy entry is the only one of its key; else it gives its place up until it is. */
    boolean enter(Held entry, String key) {
        lock.lock();
        try {
            Deque<Held> others = keys.get(key);
            if (others == null) {
                entry.key = key;
                keys.put(key, new ArrayDeque<>());
                return true;
            }
            leavePlace(entry);
            entry.state = Held.State.PARKED;
            others.add(entry);
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void leavePlace(Held entry) {
        if (entry.state == Held.State.BUSY) {
            busy--;
            changed.signalAll();
        }
    }

    private void leaveKey(Held entry) {
        String key = entry.key;
        if (key == null) {
            return;
        }
        entry.key = null;
        Deque<Held> others = keys.remove(key);
        if (others != null) {
            others.descendingIterator().forEachRemaining(next -> wait(next, true));
        }
    }

    /** Lets a busy entry rest; false if nothing is begun any more. */
    boolean rest(Held entry, long due) {
        lock.lock();
        try {
            if (entry.state != Held.State.BUSY) {
                return true;
            }
            leavePlace(entry);
            leaveKey(entry);
            entry.due = due;
            entry.entry = null;
            if (ended) {
                held.remove(entry.id);
                return false;
            }
            entry.state = Held.State.RESTING;
            resting++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the rest of an entry. */
    void wake(Held entry) {
        lock.lock();
        try {
            if (entry.state == Held.State.RESTING && held.get(entry.id) == entry) {
                resting--;
                wait(entry, false);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes the place of an entry that is over. It still counts as held. */
    void settle(Held entry) {
        lock.lock();
        try {
            leavePlace(entry);
            entry.state = Held.State.SETTLING;
        } finally {
            lock.unlock();
        }
    }

    /** Forgets an entry that is busy or settling. */
    void remove(Held entry) {
        lock.lock();
        try {
            leavePlace(entry);
            leaveKey(entry);
            held.remove(entry.id, entry);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Notes whose entries are certainly still ours, and forgets those that are not, but for what is under way. */
    void renewed(List<String> ids, List<String> lost, long askedAt) {
        lock.lock();
        try {
            for (String id : ids) {
                Held entry = held.get(id);
                if (entry != null) {
                    entry.oursAt = askedAt;
                }
            }
            for (String id : lost) {
                Held entry = held.get(id);
                if (entry != null && entry.state != Held.State.BUSY && entry.state != Held.State.SETTLING) {
                    forget(entry);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void forget(Held entry) {
        held.remove(entry.id);
        if (entry.state == Held.State.RESTING) {
            resting--;
        } else if (entry.state == Held.State.WAITING) {
            waiting.remove(entry);
            if (entry.entry == null) {
                takenWaiting--;
            }
        } else {
            keys.values().forEach(others -> others.remove(entry));
        }
        changed.signalAll();
    }

    List<String> ids() {
        lock.lock();
        try {
            return new ArrayList<>(held.keySet());
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return held.size();
        } finally {
            lock.unlock();
        }
    }

    boolean isEnded() {
        lock.lock();
        try {
            return ended;
        } finally {
            lock.unlock();
        }
    }

    private int room() {
        return ended || resting >= MOST_RESTING ? 0 : Math.max(0, places + ahead - (held.size() - resting));
    }

    /** How many entries may be read; waits for the first. */
    int awaitRoom(long nanos) throws InterruptedException {
        lock.lock();
        try {
            long left = nanos;
            while (room() == 0 && !ended && left > 0) {
                left = changed.awaitNanos(left);
            }
            return room();
        } finally {
            lock.unlock();
        }
    }

    /** How many entries of others may be taken over: as many as are worth having ready, also while there is no room to read. */
    int roomToTake() {
        lock.lock();
        try {
            return ended ? 0 : Math.max(0, places + ahead - takenWaiting);
        } finally {
            lock.unlock();
        }
    }

    /** Whether all that was taken over has been begun. */
    boolean hasBegunTaken() {
        lock.lock();
        try {
            return takenWaiting == 0;
        } finally {
            lock.unlock();
        }
    }

    /** Forgets entries that have waited long for a place, and gives them. */
    List<Held> overdue(long nanos) {
        lock.lock();
        try {
            long now = System.nanoTime();
            List<Held> overdue = waiting.stream()
                    .filter(entry -> now - entry.waitsSince > nanos)
                    .toList();
            overdue.forEach(this::forget);
            return overdue;
        } finally {
            lock.unlock();
        }
    }

    /** Begins nothing any more. What was not begun is not held any more. */
    List<Held> end() {
        lock.lock();
        try {
            ended = true;
            List<Held> left = new ArrayList<>();
            for (Held entry : List.copyOf(held.values())) {
                if (entry.state != Held.State.BUSY && entry.state != Held.State.SETTLING) {
                    forget(entry);
                    left.add(entry);
                }
            }
            changed.signalAll();
            return left;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until nothing is held any more. */
    boolean awaitNone(long nanos) throws InterruptedException {
        lock.lock();
        try {
            long left = nanos;
            while (!held.isEmpty() && left > 0) {
                left = changed.awaitNanos(Math.min(left, TimeUnit.SECONDS.toNanos(1)));
            }
            return held.isEmpty();
        } finally {
            lock.unlock();
        }
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.testkit.broker;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Runs what is set off on a thread within that thread: at once, or, if that thread is at something, after it.
 *
 * <p>So what a message sets off has happened when the call returns that published it, and no chain of messages deepens the
 * stack. What belongs to one owner keeps its order; which of several owners is next, the dice say. Thread-safe.
 */
final class Turns {

    private final Dice dice;

    /** What each thread has still to run, by its owners. */
    private final Map<Thread, Map<Object, Queue<Runnable>>> waiting = new ConcurrentHashMap<>();

    /** Whether all is one owner's, and so keeps its order. */
    private final boolean single;

    Turns(Dice dice, boolean single) {
        this.dice = dice;
        this.single = single;
    }

    /** Runs something of an owner now, or after what this thread is at. */
    void run(Object owner, Runnable task) {
        Thread thread = Thread.currentThread();
        Map<Object, Queue<Runnable>> own = waiting.get(thread);
        if (own != null) {
            own.computeIfAbsent(single ? this : owner, any -> new ArrayDeque<>())
                    .add(task);
            return;
        }
        own = new LinkedHashMap<>();
        waiting.put(thread, own);
        try {
            for (Runnable next = task; next != null; next = next(own)) {
                next.run();
            }
        } finally {
            waiting.remove(thread);
        }
    }

    private @Nullable Runnable next(Map<Object, Queue<Runnable>> own) {
        if (own.isEmpty()) {
            return null;
        }
        List<Object> owners = new ArrayList<>(own.keySet());
        Object owner = owners.get(dice.below(owners.size()));
        Queue<Runnable> tasks = Objects.requireNonNull(own.get(owner));
        Runnable next = tasks.remove();
        if (tasks.isEmpty()) {
            own.remove(owner);
        }
        return next;
    }

    /** An executor's own threads run what it is given at once; what it would run on the calling thread takes its turn there. */
    Executor on(Executor executor, Object owner) {
        return task -> {
            Thread caller = Thread.currentThread();
            executor.execute(() -> {
                if (Thread.currentThread() == caller) {
                    run(owner, task);
                } else {
                    task.run();
                }
            });
        };
    }
}

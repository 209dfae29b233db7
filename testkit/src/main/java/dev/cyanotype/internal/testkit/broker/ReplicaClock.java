/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.testkit.broker;

import dev.cyanotype.spi.AppClock;
import dev.cyanotype.spi.ForwardingClock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The time of one replica, which goes on with that of all until the replica has crashed. Thread-safe. */
public final class ReplicaClock extends ForwardingClock {

    private final Dice dice;

    /** What is to happen; taken out when it does. */
    private final Set<Scheduled> waiting = ConcurrentHashMap.newKeySet();

    private volatile boolean crashed;

    /** Something of the replica that is to happen. */
    private final class Scheduled implements Runnable, Timeout {

        private final Runnable task;
        private volatile Timeout timeout = () -> false;

        Scheduled(Runnable task) {
            this.task = task;
        }

        @Override
        public void run() {
            if (waiting.remove(this) && !crashed) {
                task.run();
            }
        }

        @Override
        public boolean cancel() {
            return waiting.remove(this) && timeout.cancel();
        }
    }

    /** The time of a replica that lives. */
    public ReplicaClock(AppClock clock, Dice dice) {
        super(clock);
        this.dice = dice;
    }

    /** Lets nothing happen any more. */
    public void crash() {
        crashed = true;
        waiting.forEach(Scheduled::cancel);
    }

    @Override
    public Timeout schedule(Duration delay, Runnable task) {
        if (crashed) {
            return () -> false;
        }
        Scheduled added = new Scheduled(task);
        waiting.add(added);
        added.timeout = super.schedule(delay, added);
        return added;
    }

    @Override
    public Duration jitter(Duration most) {
        return dice.between(Duration.ZERO, most);
    }
}

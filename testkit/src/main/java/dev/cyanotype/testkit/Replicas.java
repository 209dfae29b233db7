/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

import dev.cyanotype.App;
import dev.cyanotype.internal.testkit.broker.Broker;
import dev.cyanotype.internal.testkit.broker.Connection;
import dev.cyanotype.internal.testkit.broker.Dice;
import dev.cyanotype.internal.testkit.broker.Faults;
import dev.cyanotype.internal.testkit.broker.ReplicaClock;
import dev.cyanotype.internal.testkit.broker.Timeline;
import dev.cyanotype.task.WorkerHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** The replicas of a simulation, the broker they share, and the network between. Not thread-safe. */
final class Replicas {

    /** How long a thread of a replica that has crashed has to end, in real time. */
    private static final Duration LONGEST_END = Duration.ofSeconds(1);

    private final TestClock clock;
    private final Dice dice;
    private final Timeline timeline;
    private final Broker broker;
    private final Map<TestApp, Replica> replicas = new LinkedHashMap<>();
    private final Map<String, Integer> started = new HashMap<>();

    /**
     * One replica that was started.
     *
     * @param app what it is a copy of
     * @param running the copy
     */
    record Replica(String name, App app, App running, InMemoryTransport transport, ReplicaClock clock) {

        /** Its way to the broker. */
        Connection connection() {
            return transport.connection();
        }

        void crash() {
            if (!transport.isCrashed()) {
                transport.crash();
                clock.crash();
                endThreads();
            }
        }

        private void endThreads() {
            List<WorkerHandle> threads = running.tasks().threads();
            // All are interrupted before one is waited for.
            threads.forEach(thread -> thread.stop(Duration.ZERO));
            threads.forEach(thread -> thread.stop(LONGEST_END));
        }
    }

    Replicas(TestClock clock, Dice dice, Timeline timeline) {
        this.clock = clock;
        this.dice = dice;
        this.timeline = timeline;
        this.broker = Broker.shared(clock, dice, timeline);
    }

    TestApp start(App app) {
        return start(app.name() + "-" + started.merge(app.name(), 1, Integer::sum), app);
    }

    private TestApp start(String name, App app) {
        InMemoryTransport transport = new InMemoryTransport(broker, name, clock);
        ReplicaClock own = new ReplicaClock(clock, dice);
        TestApp replica = TestApp.builder(app).inMemory(clock, own, transport);
        replicas.put(replica, new Replica(name, app, replica.app(), transport, own));
        return replica;
    }

    /** Starts it anew under its name, and stops it before if it runs. */
    TestApp restart(TestApp replica) {
        Replica old = of(replica);
        replica.close();
        replicas.remove(replica);
        return start(old.name, old.app);
    }

    Replica of(TestApp replica) {
        Replica known = replicas.get(Objects.requireNonNull(replica, "replica"));
        if (known == null) {
            throw new IllegalArgumentException("simulation: app '"
                    + replica.app().name() + "' is none of its replicas (expected: one that it has started)");
        }
        return known;
    }

    int count() {
        return replicas.size();
    }

    /** Changes what the network does to all. */
    void change(UnaryOperator<Faults> change) {
        broker.faults(change.apply(broker.faults()));
        timeline.note("network", broker.faults().toString());
    }

    /** Changes what the network does to one beyond that. */
    void change(TestApp replica, UnaryOperator<Faults> change) {
        Replica changed = of(replica);
        Connection connection = changed.connection();
        connection.faults(change.apply(connection.faults()));
        timeline.note(changed.name, connection.faults().toString());
    }

    /** The network does nothing to anybody. */
    void calm() {
        replicas.values().forEach(replica -> replica.connection().faults(Faults.NONE));
        change(faults -> Faults.NONE);
    }

    /** Stops all that run, the last that was started first. */
    void close() {
        List<TestApp> last = new ArrayList<>(replicas.keySet());
        Collections.reverse(last);
        last.forEach(TestApp::close);
    }
}

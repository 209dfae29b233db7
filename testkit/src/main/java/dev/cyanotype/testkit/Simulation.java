/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.internal.testkit.broker.Dice;
import dev.cyanotype.internal.testkit.broker.Timeline;
import dev.cyanotype.internal.testkit.socket.InMemoryLine;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Several services, and several replicas of each, in memory on one broker: one clock, one seed, and a network that does what it is
 * told.
 *
 * <p>Everything runs on the thread that makes the simulation. What it does not delay happens at once; the rest happens when the
 * clock is advanced, or while that thread waits for something, such as a reply: then time passes as far as needed. All chance, which
 * replica runs a request, what the network loses, in which order replicas are served, comes from the seed. So the same seed and the
 * same test take the same course, to the last event, as long as the apps start no threads of their own for what they do.
 *
 * <pre>{@code
 * Simulation.check(simulation -> {
 *     TestApp one = simulation.start(Shop.app());
 *     TestApp two = simulation.start(Shop.app());
 *     simulation.partition(one);
 *     simulation.clock().advance(Duration.ofSeconds(10));
 *     simulation.heal(one);
 *     assertThat(two.get("/orders/1")).hasStatus(200);
 * });
 * }</pre>
 *
 * <p>Not thread-safe.
 *
 * @since 0.1
 */
public final class Simulation implements AutoCloseable {

    private final long seed;
    private final TestClock clock = TestClock.create();
    private final Timeline timeline = new Timeline(clock);
    private final Replicas replicas;

    /** A test of several replicas. */
    @FunctionalInterface
    public interface Scenario {

        /**
         * Runs the test.
         *
         * @param simulation without replicas, closed afterwards
         * @throws Exception if the test fails
         */
        void run(Simulation simulation) throws Exception;
    }

    private Simulation(long seed) {
        this.seed = seed;
        this.replicas = new Replicas(clock, new Dice(seed), timeline);
        clock.drivenBy(Thread.currentThread());
    }

    /**
     * A simulation of the seed that the system property {@code cyanotype.test.seed} says, or else the environment variable
     * {@code CYANOTYPE_TEST_SEED}, or else of any.
     *
     * @return without replicas and without faults
     * @throws IllegalArgumentException if what they say is no whole number
     */
    public static Simulation create() {
        return seeded(Seeds.wanted().orElseGet(Seeds::any));
    }

    /**
     * A simulation of a seed.
     *
     * @param seed any number
     * @return without replicas and without faults
     */
    public static Simulation seeded(long seed) {
        return new Simulation(seed);
    }

    /**
     * Runs a test in a simulation as {@link #create} makes it.
     *
     * @param scenario the test
     * @throws AssertionError if it throws anything, with that as its cause, and the seed, how to run it again, and what happened
     *     last in its message
     */
    public static void check(Scenario scenario) {
        check(Seeds.wanted().orElseGet(Seeds::any), scenario);
    }

    /**
     * Runs a test with many seeds, the same in each build, until it fails: 1, 2, 3 and so on. Where the system property or the
     * environment variable of {@link #create} names a seed, with that one only.
     *
     * @param seeds how many, 1 or more
     * @param scenario the test
     * @throws AssertionError as of {@link #check}, for the first seed that fails
     */
    public static void explore(int seeds, Scenario scenario) {
        if (seeds < 1) {
            throw new IllegalArgumentException("simulation: explore " + seeds + " seeds (expected: 1 or more)");
        }
        if (Seeds.wanted().isPresent()) {
            check(scenario);
            return;
        }
        for (long seed = 1; seed <= seeds; seed++) {
            check(seed, scenario);
        }
    }

    private static void check(long seed, Scenario scenario) {
        Objects.requireNonNull(scenario, "scenario");
        try (Simulation simulation = seeded(seed)) {
            try {
                scenario.run(simulation);
            } catch (Throwable e) {
                // Before the end, which is not what it failed of.
                throw Seeds.failure(seed, e, simulation.timeline());
            }
        }
    }

    /**
     * Starts one more replica of a service.
     *
     * @param app the service, of which a copy is started; the name of the replica is that of the app and a number, such as
     *     {@code shop-2}
     * @return the running copy, with this simulation's clock
     * @throws dev.cyanotype.AppBuildException if the copy can't be made
     */
    public TestApp start(App app) {
        return replicas.start(app);
    }

    /**
     * Starts one more replica of a service named {@code test}.
     *
     * @param blueprints mounted as they are, in this order
     * @return the running replica, with this simulation's clock
     * @throws dev.cyanotype.AppBuildException if they do not fit together
     */
    public TestApp start(Blueprint... blueprints) {
        return start(TestAppBuilder.app(blueprints).build());
    }

    /**
     * The time of all replicas.
     *
     * @return at the beginning of the year 2000, unless it was moved
     */
    public TestClock clock() {
        return clock;
    }

    /**
     * What all chance comes from.
     *
     * @return any number
     */
    public long seed() {
        return seed;
    }

    /**
     * What a replica is called, in the timeline too.
     *
     * @param replica one of this simulation
     * @return such as {@code shop-1}
     * @throws IllegalArgumentException if it is none of this simulation
     */
    public String name(TestApp replica) {
        return replicas.of(replica).name();
    }

    /**
     * What has happened so far: virtual time in seconds, the replica, and what it did or the network did to it; no payloads.
     *
     * @return a line each, the oldest first; the last 100 000
     */
    public List<String> timeline() {
        return timeline.lines();
    }

    // What the network does

    /**
     * Loses messages, requests and replies on their way, from now on.
     *
     * @param probability of each, 0 to 1
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public Simulation drop(double probability) {
        Seeds.checkProbability("drop", probability);
        replicas.change(faults -> faults.drop(probability));
        return this;
    }

    /**
     * Loses messages, requests and replies on their way to and from one replica, beyond what is lost for all.
     *
     * @param replica one of this simulation
     * @param probability of each, 0 to 1
     * @return this
     * @throws IllegalArgumentException if it is out of range, or the replica is none of this simulation
     */
    public Simulation drop(TestApp replica, double probability) {
        Seeds.checkProbability("drop", probability);
        replicas.change(replica, faults -> faults.drop(probability));
        return this;
    }

    /**
     * Lets messages, requests and replies come twice, and entries of streams be handled without the broker's learning of it.
     *
     * @param probability of each, 0 to 1
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public Simulation duplicate(double probability) {
        Seeds.checkProbability("duplicate", probability);
        replicas.change(faults -> faults.duplicate(probability));
        return this;
    }

    /**
     * As {@link #duplicate(double)}, for one replica, beyond what comes twice for all.
     *
     * @param replica one of this simulation
     * @param probability of each, 0 to 1
     * @return this
     * @throws IllegalArgumentException if it is out of range, or the replica is none of this simulation
     */
    public Simulation duplicate(TestApp replica, double probability) {
        Seeds.checkProbability("duplicate", probability);
        replicas.change(replica, faults -> faults.duplicate(probability));
        return this;
    }

    /**
     * Has whatever is delivered take its time, without changing the order of what goes to one replica.
     *
     * @param least zero or more
     * @param most not less than that
     * @return this
     * @throws IllegalArgumentException if one is out of range
     */
    public Simulation delay(Duration least, Duration most) {
        Seeds.checkDelay(least, most);
        replicas.change(faults -> faults.delay(least, most));
        return this;
    }

    /**
     * As {@link #delay(Duration, Duration)}, for what goes to and from one replica, beyond what all take.
     *
     * @param replica one of this simulation
     * @param least zero or more
     * @param most not less than that
     * @return this
     * @throws IllegalArgumentException if one is out of range, or the replica is none of this simulation
     */
    public Simulation delay(TestApp replica, Duration least, Duration most) {
        Seeds.checkDelay(least, most);
        replicas.change(replica, faults -> faults.delay(least, most));
        return this;
    }

    /**
     * Lets later messages and requests overtake earlier ones. Replies to one call keep their order.
     *
     * @param probability that one is held up so that others overtake it, 0 to 1
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public Simulation reorder(double probability) {
        Seeds.checkProbability("reorder", probability);
        replicas.change(faults -> faults.reorder(probability));
        return this;
    }

    /**
     * As {@link #reorder(double)}, for what goes to and from one replica.
     *
     * @param replica one of this simulation
     * @param probability that one is held up so that others overtake it, 0 to 1
     * @return this
     * @throws IllegalArgumentException if it is out of range, or the replica is none of this simulation
     */
    public Simulation reorder(TestApp replica, double probability) {
        Seeds.checkProbability("reorder", probability);
        replicas.change(replica, faults -> faults.reorder(probability));
        return this;
    }

    /**
     * Ends all that {@code drop}, {@code duplicate}, {@code delay} and {@code reorder} have begun, for all and for each replica. What
     * is under way takes its time, and what is cut off stays so.
     *
     * @return this
     */
    public Simulation calm() {
        replicas.calm();
        return this;
    }

    /**
     * Cuts a replica off from the broker, until it is healed: what it sends fails, it hears nothing, and what it is at, others take
     * over when it has been silent for long enough. Its clients reach it as before.
     *
     * @param replica one of this simulation; one that is cut off, or gone, stays so
     * @return this
     * @throws IllegalArgumentException if it is none of this simulation
     */
    public Simulation partition(TestApp replica) {
        replicas.of(replica).connection().cut();
        return this;
    }

    /**
     * Lets a replica reach the broker again. Its listeners are told of the gap.
     *
     * @param replica one of this simulation; one that is not cut off is left alone
     * @return this
     * @throws IllegalArgumentException if it is none of this simulation
     */
    public Simulation heal(TestApp replica) {
        replicas.of(replica).connection().heal();
        return this;
    }

    // What happens to replicas and clients

    /**
     * Ends a replica as a killed process ends: at once, without stop hooks. Its tasks and threads do nothing more, its websockets are
     * gone, and what it held at the broker is free when its time is over.
     *
     * @param replica one of this simulation; one that is gone is left alone
     * @return this
     * @throws IllegalArgumentException if it is none of this simulation
     */
    public Simulation crash(TestApp replica) {
        replicas.of(replica).crash();
        return this;
    }

    /**
     * Starts a replica anew under its name. One that runs is stopped before, as its platform would do it.
     *
     * @param replica one of this simulation, which is of no use afterwards
     * @return the running replica
     * @throws IllegalArgumentException if it is none of this simulation
     */
    public TestApp restart(TestApp replica) {
        return replicas.restart(replica);
    }

    /**
     * Has a websocket's client read slowly, until it is told to {@link TestSocket#resume}.
     *
     * @param client a socket of one of this simulation's replicas
     * @param perMessage how long it takes for each message, more than zero
     * @return this
     * @throws IllegalArgumentException if the time is not more than zero, or the socket is not in memory
     */
    public Simulation slowClient(TestSocket client, Duration perMessage) {
        if (perMessage.isNegative() || perMessage.isZero()) {
            throw new IllegalArgumentException(
                    "simulation: slow client with " + perMessage + " per message (expected: more than zero)");
        }
        if (!(client.line() instanceof InMemoryLine line)) {
            throw new IllegalArgumentException(
                    "simulation: the client is a real one (expected: one of a replica of this simulation)");
        }
        line.slow(clock, perMessage);
        return this;
    }

    /** Stops all replicas that run, the last that was started first. */
    @Override
    public void close() {
        replicas.close();
        clock.drivenBy(null);
    }

    @Override
    public String toString() {
        return "Simulation[seed " + seed + ", " + replicas.count() + " replicas, " + clock.instant() + "]";
    }
}

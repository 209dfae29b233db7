/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Entries that come while their consumers are killed, frozen and started. */
class StreamSoakIT extends StreamApps {

    private static final int AT_ONCE = 500;

    private final Random random = new Random();
    private final List<ChildJvm> replicas = new ArrayList<>();
    private int kills;
    private int freezes;

    /**
     * How much is done, and how badly it is disturbed.
     *
     * @param perSecond how many entries come in a second
     * @param pause how long there is peace at most
     * @param kills how often a replica is killed at most
     * @param freezes how often one is frozen at most, for longer than it keeps its entries
     */
    private record Load(int entries, int perSecond, int replicas, Duration pause, int kills, int freezes) {}

    @Test
    void fault_10_no_entry_is_lost_when_replicas_are_killed() throws Exception {
        run(new Load(3_000, 1_000, 3, Duration.ofSeconds(1), 2, 1));
    }

    @Test
    @Tag("soak")
    void fault_10_no_entry_of_very_many_is_lost_when_replicas_are_killed_all_the_time() throws Exception {
        run(new Load(100_000, 500, 4, Duration.ofSeconds(4), Integer.MAX_VALUE, Integer.MAX_VALUE));
    }

    private void run(Load load) throws Exception {
        App producer = start(on(App.named("producer")).action("add", ctx -> {
            int from = ctx.payload().path("from").asInt();
            for (int n = from; n < from + AT_ONCE; n++) {
                ctx.append(STREAM, Map.of("n", n));
            }
            return from;
        }));
        for (int i = 0; i < load.replicas; i++) {
            replicas.add(startChild(StreamSoakReplica.class));
        }
        for (ChildJvm replica : replicas) {
            replica.awaitLine("ready");
        }
        Instant begun = Instant.now();
        CompletableFuture<Void> added = CompletableFuture.runAsync(() -> add(producer, load));
        while (!added.isDone() || kills < Math.min(load.kills, 2) || freezes < Math.min(load.freezes, 1)) {
            disturb(load);
        }
        added.join();
        awaitHandled(load.entries);
        report(load.entries, Duration.between(begun, Instant.now()));
        check(load.entries);
    }

    private static void add(App producer, Load load) {
        Instant begun = Instant.now();
        for (int from = 0; from < load.entries; from += AT_ONCE) {
            Instant due = begun.plusMillis(1_000L * from / load.perSecond);
            Awaitility.await().until(() -> Instant.now().isAfter(due));
            self(producer).call("add", Map.of("from", from));
        }
    }

    /** Kills or freezes one of the replicas, which may be one that just starts, after a while. */
    private void disturb(Load load) throws Exception {
        Instant due = Instant.now().plusMillis(100 + random.nextInt((int) load.pause.toMillis()));
        Awaitility.await().until(() -> Instant.now().isAfter(due));
        int which = random.nextInt(load.replicas);
        ChildJvm replica = replicas.get(which);
        if (freezes < load.freezes && random.nextInt(6) == 0) {
            freezes++;
            replica.signal("STOP");
            CompletableFuture.runAsync(() -> thaw(replica), CompletableFuture.delayedExecutor(3, TimeUnit.SECONDS));
        } else if (kills < load.kills) {
            kills++;
            replica.kill();
            // Not awaited: the next one to be killed may be one that starts.
            replicas.set(which, startChild(StreamSoakReplica.class));
        }
    }

    private static void thaw(ChildJvm replica) {
        try {
            if (replica.isAlive()) {
                replica.signal("CONT");
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitHandled(int entries) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(5))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    long poison = IntStream.range(0, entries)
                            .filter(StreamSoakReplica::isPoison)
                            .count();
                    return Long.parseLong(redis.command("HLEN", StreamSoakReplica.RUNS)) >= entries - poison
                            && Long.parseLong(redis.command("XLEN", DEAD)) >= poison
                            && pending().isEmpty();
                });
    }

    private List<Integer> runs() {
        return lines("HVALS", StreamSoakReplica.RUNS).stream()
                .map(Integer::valueOf)
                .toList();
    }

    private void report(int entries, Duration took) {
        int runs = runs().stream().mapToInt(Integer::intValue).sum();
        int handled = runs().size();
        System.out.printf(
                "soak of a stream: %d entries, %d kills, %d freezes, %d entries run more than once, %d runs on top,"
                        + " %s dead letters, %.1f s (%d processors, JDK %s, Redis %s)%n",
                entries,
                kills,
                freezes,
                runs().stream().filter(count -> count > 1).count(),
                runs - handled,
                redis.command("XLEN", DEAD),
                took.toMillis() / 1_000.0,
                Runtime.getRuntime().availableProcessors(),
                Runtime.version(),
                redis.version());
    }

    private void check(int entries) {
        List<Integer> handled = lines("HKEYS", StreamSoakReplica.RUNS).stream()
                .map(Integer::valueOf)
                .sorted()
                .toList();
        assertThat(handled)
                .isEqualTo(IntStream.range(0, entries)
                        .filter(n -> !StreamSoakReplica.isPoison(n))
                        .boxed()
                        .toList());
        List<Integer> dead = lines("XRANGE", DEAD, "-", "+").stream()
                .filter(line -> line.startsWith("{\"stream\":"))
                .map(line -> Integer.valueOf(line.replaceAll(".*\"entry\":\\{\"n\":([0-9]+)}}", "$1")))
                .sorted()
                .toList();
        assertThat(dead)
                .isEqualTo(IntStream.range(0, entries)
                        .filter(StreamSoakReplica::isPoison)
                        .boxed()
                        .toList());
        if (redis.isAtLeast(7, 0)) {
            assertThat(group("lag")).isEqualTo("0");
        }
    }
}

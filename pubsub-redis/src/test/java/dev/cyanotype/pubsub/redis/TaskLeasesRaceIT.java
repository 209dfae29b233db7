/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.spi.TaskLeases;
import dev.cyanotype.spi.TaskLeases.Due;
import dev.cyanotype.spi.TaskLeases.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many threads of several replicas that want to run the same task. */
class TaskLeasesRaceIT extends FaultApps {

    private static final int REPLICAS = 3;
    private static final int THREADS = 8;
    private static final int ALL = REPLICAS * THREADS;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    /** What one thread does; its number is its holder's name, too. */
    private interface Contender {

        void contend(TaskLeases leases, int number) throws Exception;
    }

    private void contend(Contender contender) throws Exception {
        List<TaskLeases> replicas = IntStream.range(0, REPLICAS)
                .mapToObj(n -> start(app("svc")).as(TaskLeases.class))
                .toList();
        ExecutorService threads = Executors.newFixedThreadPool(ALL);
        try {
            List<Future<?>> ends = new ArrayList<>();
            for (int n = 0; n < ALL; n++) {
                int number = n;
                ends.add(threads.submit(() -> {
                    contender.contend(replicas.get(number % REPLICAS), number);
                    return null;
                }));
            }
            for (Future<?> end : ends) {
                end.get(40, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void of_all_who_want_a_run_at_an_interval_one_gets_it() throws Exception {
        int rounds = 100;
        Map<Integer, List<Turn>> turns = new ConcurrentHashMap<>();
        CyclicBarrier together = new CyclicBarrier(ALL);

        contend((leases, number) -> {
            for (int round = 0; round < rounds; round++) {
                leases.plan("t" + round, Duration.ZERO, HOUR);
                together.await();
                Turn turn = leases.begin("t" + round, "holder " + number, MINUTE, new Due(HOUR, null));
                turns.computeIfAbsent(round, none -> Collections.synchronizedList(new ArrayList<>()))
                        .add(turn);
                if (turn.isGranted()) {
                    // Who comes later finds the plan, and who does not finds the lease.
                    leases.end("t" + round, "holder " + number);
                }
            }
        });

        assertThat(turns).hasSize(rounds).allSatisfy((round, all) -> {
            assertThat(all).hasSize(ALL);
            assertThat(all.stream().filter(Turn::isGranted)).hasSize(1);
            assertThat(all.stream().filter(turn -> !turn.isGranted()))
                    .allSatisfy(turn -> assertThat(turn.retryAfter()).isBetween(Duration.ofSeconds(30), HOUR));
        });
    }

    @Test
    void runs_at_an_interval_are_no_more_and_no_sooner_than_planned() throws Exception {
        Duration interval = Duration.ofMillis(20);
        int runs = 40;
        AtomicInteger granted = new AtomicInteger();
        AtomicInteger running = new AtomicInteger();
        List<Long> nexts = Collections.synchronizedList(new ArrayList<>());
        List<Long> begun = Collections.synchronizedList(new ArrayList<>());

        contend((leases, number) -> {
            for (int n = 0; granted.get() < runs; n++) {
                String holder = number + "/" + n;
                Turn turn = leases.begin("t", holder, MINUTE, new Due(interval, null));
                if (turn.isGranted()) {
                    assertThat(running.incrementAndGet()).isEqualTo(1);
                    granted.incrementAndGet();
                    begun.add(now());
                    nexts.add(Long.parseLong(redis.command("HGET", "cyanotype:task:{svc:t}:plan", "next")));
                    running.decrementAndGet();
                    leases.end("t", holder);
                } else {
                    assertThat(turn.retryAfter()).isPositive();
                }
            }
        });

        assertThat(begun).hasSizeBetween(runs, runs + ALL);
        for (int i = 1; i < nexts.size(); i++) {
            assertThat(begun.get(i)).isGreaterThanOrEqualTo(nexts.get(i - 1));
            assertThat(nexts.get(i) - nexts.get(i - 1)).isGreaterThanOrEqualTo(interval.toMillis());
        }
    }

    private long now() {
        List<String> time = redis.command("TIME").lines().toList();
        return Long.parseLong(time.get(0)) * 1000 + Long.parseLong(time.get(1)) / 1000;
    }

    @Test
    void each_instant_of_the_calendar_is_begun_once_and_in_its_order() throws Exception {
        int instants = 100;
        Map<Integer, AtomicInteger> begun = new ConcurrentHashMap<>();
        Map<Long, Integer> byToken = Collections.synchronizedMap(new TreeMap<>());
        AtomicInteger running = new AtomicInteger();

        contend((leases, number) -> {
            int instant = 0;
            while (instant < instants) {
                String holder = number + "/" + instant;
                Turn turn = leases.begin("t", holder, MINUTE, new Due(null, NOON.plusSeconds(instant)));
                if (turn.isGranted()) {
                    assertThat(running.incrementAndGet()).isEqualTo(1);
                    begun.computeIfAbsent(instant, none -> new AtomicInteger()).incrementAndGet();
                    byToken.put(turn.fencingToken(), instant);
                    assertThat(leases.renew("t", holder, MINUTE)).isTrue();
                    running.decrementAndGet();
                    leases.end("t", holder);
                    instant++;
                } else if (turn.retryAfter().isZero()) {
                    instant++;
                }
            }
        });

        assertThat(begun)
                .hasSize(instants)
                .allSatisfy((instant, times) -> assertThat(times).hasValue(1));
        assertThat(byToken.values())
                .containsExactlyElementsOf(IntStream.range(0, instants).boxed().toList());
    }

    @Test
    void runs_that_are_wanted_now_come_one_after_the_other_with_growing_tokens() throws Exception {
        int runs = 200;
        List<Long> tokens = Collections.synchronizedList(new ArrayList<>());
        AtomicInteger running = new AtomicInteger();

        contend((leases, number) -> {
            for (int n = 0; tokens.size() < runs; n++) {
                String holder = number + "/" + n;
                Turn turn = leases.begin("t", holder, MINUTE, null);
                if (turn.isGranted()) {
                    assertThat(running.incrementAndGet()).isEqualTo(1);
                    tokens.add(turn.fencingToken());
                    running.decrementAndGet();
                    leases.end("t", holder);
                }
            }
        });

        assertThat(tokens).hasSizeGreaterThanOrEqualTo(runs).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void a_lease_that_is_over_goes_to_one_of_those_who_wait() throws Exception {
        AtomicInteger granted = new AtomicInteger();
        start(app("svc")).as(TaskLeases.class).begin("t", "dead", Duration.ofSeconds(1), null);

        contend((leases, number) -> {
            Turn turn = leases.begin("t", "holder " + number, HOUR, new Due(HOUR, null));
            while (!turn.isGranted() && granted.get() == 0) {
                turn = leases.begin("t", "holder " + number, HOUR, new Due(HOUR, null));
            }
            if (turn.isGranted()) {
                granted.incrementAndGet();
            }
        });

        assertThat(granted).hasValue(1);
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.message.CallException;
import dev.cyanotype.message.CallTimeoutException;
import dev.cyanotype.message.Caller;
import dev.cyanotype.task.Schedule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What holds whatever the network does, with many seeds. */
class SimulationLawsTest {

    private static final int SEEDS = 30;
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** How often each thing was done, by its name. */
    private final Map<String, Integer> done = new HashMap<>();

    /** What each replica has heard, in its order. */
    private final Map<String, List<Integer>> heard = new HashMap<>();

    private final List<Long> runs = new ArrayList<>();
    private TestClock clock;

    private App shop(String who) {
        heard.put(who, new ArrayList<>());
        return App.named("shop")
                .action("do", ctx -> done.merge("call " + ctx.payload().asInt(), 1, Integer::sum))
                .listen(
                        "news",
                        JsonNode.class,
                        (message, ctx) -> heard.get(who).add(message.path("n").asInt()))
                .consume("orders", "stock", JsonNode.class, (entry, ctx) -> {
                    done.merge("entry " + entry.path("n"), 1, Integer::sum);
                    ctx.broadcast("handled", entry);
                })
                .consume("once", "stock", JsonNode.class, (entry, ctx) -> {
                    done.merge("once " + entry.path("n"), 1, Integer::sum);
                })
                .background(
                        "close",
                        Schedule.every(Duration.ofMinutes(1)).onOneReplica(),
                        ctx -> runs.add(clock.instant().getEpochSecond()))
                .build();
    }

    private List<TestApp> start(Simulation simulation) {
        done.clear();
        heard.clear();
        runs.clear();
        clock = simulation.clock();
        List<TestApp> replicas = new ArrayList<>();
        for (String who : List.of("a", "b", "c")) {
            replicas.add(simulation.start(shop(who)));
        }
        return replicas;
    }

    private static Caller caller(TestApp app) {
        return app.app().caller("shop").timeout(SECOND);
    }

    @Test
    void a_request_runs_once_where_nothing_is_lost() {
        Simulation.explore(SEEDS, simulation -> {
            TestApp client = start(simulation).get(0);
            simulation
                    .duplicate(0.3)
                    .delay(Duration.ZERO, Duration.ofMillis(50))
                    .reorder(0.3);

            for (int n = 0; n < 20; n++) {
                caller(client).call("do", n);
            }
            clock.advance(Duration.ofMinutes(1));

            assertThat(done)
                    .hasSize(20)
                    .allSatisfy((call, times) -> assertThat(times).isOne());
        });
    }

    @Test
    void a_request_never_runs_twice_and_with_a_key_it_runs_once_however_often_it_is_repeated() {
        Simulation.explore(SEEDS, simulation -> {
            TestApp client = start(simulation).get(0);
            simulation
                    .drop(0.3)
                    .duplicate(0.3)
                    .delay(Duration.ZERO, Duration.ofMillis(50))
                    .reorder(0.3);
            int lost = 0;

            for (int n = 0; n < 20; n++) {
                try {
                    caller(client).call("do", n);
                } catch (CallTimeoutException e) {
                    lost++;
                }
                Caller keyed = caller(client).idempotencyKey("k" + n);
                for (boolean known = false; !known; ) {
                    try {
                        keyed.call("do", 100 + n);
                        known = true;
                    } catch (CallTimeoutException e) {
                        lost++;
                    }
                }
            }

            assertThat(lost).isPositive();
            assertThat(done).allSatisfy((call, times) -> assertThat(times).isOne());
            assertThat(done.keySet())
                    .containsAll(
                            IntStream.range(100, 120).mapToObj(n -> "call " + n).toList());
        });
    }

    @Test
    void every_entry_is_handled_and_one_with_a_key_once_whatever_becomes_of_the_replicas() {
        Simulation.explore(SEEDS, simulation -> {
            List<TestApp> replicas = start(simulation);
            TestApp client = simulation.start();
            Random random = new Random(simulation.seed());
            simulation
                    .drop(0.2)
                    .duplicate(0.3)
                    .delay(Duration.ZERO, Duration.ofMillis(300))
                    .reorder(0.3);

            for (int n = 0; n < 30; n++) {
                client.append("orders", Map.of("n", n));
                client.append("once", Map.of("n", n));
                int which = random.nextInt(3);
                switch (random.nextInt(8)) {
                    case 0 -> simulation.partition(replicas.get(which));
                    case 1 ->
                        replicas.set(
                                which, simulation.crash(replicas.get(which)).restart(replicas.get(which)));
                    case 2 -> replicas.set(which, simulation.restart(replicas.get(which)));
                    default -> replicas.forEach(simulation::heal);
                }
                clock.advance(Duration.ofMillis(random.nextInt(2_000)));
            }
            replicas.forEach(simulation::heal);
            simulation.calm();
            clock.advance(Duration.ofHours(1));

            for (int n = 0; n < 30; n++) {
                assertThat(done).containsKeys("entry " + n, "once " + n);
            }
        });
    }

    @Test
    void entries_of_one_key_are_handled_once_by_a_group() {
        Simulation.explore(SEEDS, simulation -> {
            start(simulation);
            TestApp client = simulation.start(App.named("client")
                    .action("add", ctx -> ctx.append("once", "key " + ctx.payload(), Map.of("n", ctx.payload())))
                    .build());
            simulation
                    .duplicate(0.5)
                    .delay(Duration.ZERO, Duration.ofMillis(300))
                    .reorder(0.3);

            for (int n = 0; n < 30; n++) {
                client.call("add", n % 10);
                clock.advance(Duration.ofMillis(100));
            }
            clock.advance(Duration.ofHours(1));

            assertThat(done)
                    .hasSize(10)
                    .allSatisfy((entry, times) -> assertThat(times).isOne());
        });
    }

    @Test
    void a_task_of_one_replica_runs_once_each_time_although_replicas_crash() {
        Simulation.explore(SEEDS, simulation -> {
            List<TestApp> replicas = start(simulation);
            Random random = new Random(simulation.seed());
            clock.advance(Duration.ofSeconds(30));

            for (int minute = 1; minute <= 10; minute++) {
                clock.advance(Duration.ofMinutes(1));
                assertThat(runs).hasSize(minute).doesNotHaveDuplicates();
                int which = random.nextInt(3);
                replicas.set(which, simulation.crash(replicas.get(which)).restart(replicas.get(which)));
            }
        });
    }

    @Test
    void each_listener_hears_in_order_and_misses_nothing_while_the_network_is_only_slow() {
        Simulation.explore(SEEDS, simulation -> {
            List<TestApp> replicas = start(simulation);
            simulation.delay(Duration.ZERO, Duration.ofMillis(300));

            for (int n = 0; n < 50; n++) {
                replicas.get(0).broadcast("news", Map.of("n", n));
                clock.advance(Duration.ofMillis(10));
            }
            clock.advance(SECOND);

            List<Integer> all = IntStream.range(0, 50).boxed().toList();
            assertThat(heard.values()).containsOnly(all);
        });
    }

    @Test
    void what_is_overtaken_comes_all_the_same() {
        List<Boolean> inOrder = new ArrayList<>();
        Simulation.explore(SEEDS, simulation -> {
            List<TestApp> replicas = start(simulation);
            simulation.reorder(0.3);

            for (int n = 0; n < 20; n++) {
                replicas.get(0).broadcast("news", Map.of("n", n));
            }
            clock.advance(SECOND);

            List<Integer> all = IntStream.range(0, 20).boxed().toList();
            heard.values().forEach(each -> {
                assertThat(each).containsExactlyInAnyOrderElementsOf(all);
                inOrder.add(each.equals(all));
            });
        });
        assertThat(inOrder).contains(false);
    }

    @Test
    void whoever_misses_something_is_told_of_it() {
        Simulation.explore(SEEDS, simulation -> {
            List<Integer> news = new ArrayList<>();
            List<String> gaps = new ArrayList<>();
            clock = simulation.clock();
            TestApp one = simulation.start(App.named("shop")
                    .listen(
                            "news",
                            JsonNode.class,
                            (message, ctx) -> news.add(message.path("n").asInt()),
                            options -> options.onGap(gap -> gaps.add("after " + news.size())))
                    .build());
            TestApp client = simulation.start();
            simulation.drop(0.2);

            for (int n = 0; n < 20; n++) {
                int before = news.size() + gaps.size();
                client.broadcast("news", Map.of("n", n));
                assertThat(news.size() + gaps.size()).isEqualTo(before + 1);
            }
            assertThat(one.app().isRunning()).isTrue();
        });
    }

    @Test
    void a_call_ends_within_its_time_whatever_happens() {
        Simulation.explore(SEEDS, simulation -> {
            List<TestApp> replicas = start(simulation);
            Random random = new Random(simulation.seed());
            simulation.drop(0.3).delay(Duration.ZERO, Duration.ofSeconds(2));

            for (int n = 0; n < 20; n++) {
                TestApp client = replicas.get(random.nextInt(3));
                if (random.nextInt(4) == 0) {
                    simulation.partition(client);
                }
                Duration before = Duration.ofNanos(clock.nanoTime());
                try {
                    caller(client).call("do", n);
                } catch (CallException e) {
                    done.merge(e.getClass().getSimpleName(), 1, Integer::sum);
                }
                assertThat(Duration.ofNanos(clock.nanoTime()).minus(before)).isLessThanOrEqualTo(SECOND);
                replicas.forEach(simulation::heal);
            }
            assertThat(done).containsKey("CallTimeoutException");
        });
    }
}

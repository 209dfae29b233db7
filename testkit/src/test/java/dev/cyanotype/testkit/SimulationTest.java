/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

import static dev.cyanotype.testkit.CyanotypeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyanotype.App;
import dev.cyanotype.message.CallTimeoutException;
import dev.cyanotype.message.Caller;
import dev.cyanotype.message.Delivery;
import dev.cyanotype.message.NoResponderException;
import dev.cyanotype.task.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Several replicas in memory. */
class SimulationTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final List<String> seen = new ArrayList<>();

    private App shop(String who) {
        return App.named("shop")
                .action("who", ctx -> {
                    seen.add(who);
                    return who;
                })
                .action(
                        "all",
                        ctx -> {
                            seen.add(who);
                            return who;
                        },
                        options -> options.delivery(Delivery.ALL))
                .action("steps", ctx -> {
                    IntStream.range(0, 20).forEach(ctx::progress);
                    return "done";
                })
                .action("publish", ctx -> ctx.broadcast("news", ctx.payload()))
                .listen("news", (message, ctx) -> seen.add(who + " " + message.path("n")))
                .consume("orders", "stock", JsonNode.class, (entry, ctx) -> seen.add(who + " " + entry.path("n")))
                .build();
    }

    private static Caller caller(TestApp app) {
        return app.app().caller("shop");
    }

    @Nested
    class Replicas {

        @Test
        void are_named_by_their_service_and_a_number() {
            try (Simulation simulation = Simulation.seeded(1)) {
                TestApp one = simulation.start(shop("a"));
                TestApp two = simulation.start(shop("b"));
                TestApp other = simulation.start();

                assertThat(List.of(simulation.name(one), simulation.name(two), simulation.name(other)))
                        .containsExactly("shop-1", "shop-2", "test-1");
                assertThat(one.app().name()).isEqualTo("shop");
                assertThat(two.clock()).isSameAs(simulation.clock());
                assertThat(simulation).hasToString("Simulation[seed 1, 3 replicas, 2000-01-01T00:00:00Z]");
                assertThat(simulation.seed()).isEqualTo(1);
            }
        }

        @Test
        void share_requests_of_which_each_is_run_by_one() {
            try (Simulation simulation = Simulation.seeded(1)) {
                TestApp client = simulation.start();
                simulation.start(shop("a"));
                simulation.start(shop("b"));
                simulation.start(shop("c"));

                for (int n = 0; n < 60; n++) {
                    caller(client).call("who", Map.of());
                }

                assertThat(seen).hasSize(60).contains("a", "b", "c");
            }
        }

        @Test
        void all_run_what_is_for_all_and_one_answers() {
            try (Simulation simulation = Simulation.seeded(1)) {
                TestApp client = simulation.start();
                simulation.start(shop("a"));
                simulation.start(shop("b"));

                JsonNode first = caller(client).call("all", Map.of());

                assertThat(seen).containsExactlyInAnyOrder("a", "b");
                assertThat(first.asString()).isEqualTo(seen.get(0));
            }
        }

        @Test
        void all_hear_a_message_and_one_handles_an_entry() {
            try (Simulation simulation = Simulation.seeded(1)) {
                TestApp one = simulation.start(shop("a"));
                simulation.start(shop("b"));

                assertThat(caller(one).call("publish", Map.of("n", 1)).asInt()).isEqualTo(2);
                assertThat(seen).containsExactlyInAnyOrder("a 1", "b 1");
                seen.clear();
                one.append("orders", Map.of("n", 2));

                assertThat(seen).hasSize(1).containsAnyOf("a 2", "b 2");
            }
        }

        @Test
        void may_be_of_other_services_and_of_none() {
            try (Simulation simulation = Simulation.seeded(1)) {
                TestApp client = simulation.start();

                assertThatThrownBy(() -> caller(client).call("who", Map.of())).isInstanceOf(NoResponderException.class);
                TestApp shop = simulation.start(shop("a"));
                assertThat(caller(client).call("who", Map.of()).asString()).isEqualTo("a");
                shop.close();
                assertThatThrownBy(() -> caller(client).call("who", Map.of())).isInstanceOf(NoResponderException.class);
            }
        }

        @Test
        void that_come_later_handle_what_was_appended_before() {
            try (Simulation simulation = Simulation.seeded(1)) {
                TestApp client = simulation.start();
                client.append("orders", Map.of("n", 1));
                assertThat(seen).isEmpty();

                simulation.start(shop("a"));

                assertThat(seen).containsExactly("a 1");
            }
        }

        @Test
        void of_another_simulation_are_refused() {
            try (Simulation simulation = Simulation.seeded(1);
                    TestApp other = TestApp.of(shop("a"))) {
                assertThatThrownBy(() -> simulation.crash(other))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("simulation: app 'shop' is none of its replicas"
                                + " (expected: one that it has started)");
            }
        }
    }

    @Nested
    class Time {

        @Test
        void passes_while_somebody_waits_for_a_reply() {
            try (Simulation simulation = Simulation.seeded(1)) {
                TestApp client = simulation.start();
                simulation.start(shop("a"));
                simulation.delay(Duration.ofMillis(20), Duration.ofMillis(20));
                Instant before = simulation.clock().instant();

                assertThat(caller(client).call("who", Map.of()).asString()).isEqualTo("a");

                assertThat(Duration.between(before, simulation.clock().instant()))
                        .isEqualTo(Duration.ofMillis(40));
            }
        }

        @Test
        void passes_as_far_as_a_timeout_where_the_reply_is_lost() {
            try (Simulation simulation = Simulation.seeded(1)) {
                TestApp client = simulation.start();
                simulation.start(shop("a"));
                simulation.drop(1);
                Instant before = simulation.clock().instant();

                assertThatThrownBy(() -> caller(client).timeout(SECOND).call("who", Map.of()))
                        .isInstanceOf(CallTimeoutException.class)
                        .hasMessage("call of 'who' at 'shop': no reply within 1000 ms");

                assertThat(Duration.between(before, simulation.clock().instant()))
                        .isEqualTo(SECOND);
                assertThat(seen).isEmpty();
            }
        }

        @Test
        void passes_while_a_handler_waits_and_others_go_on_meanwhile() {
            try (Simulation simulation = Simulation.seeded(1)) {
                TestApp gate = simulation.start(App.named("gate")
                        .get("/who", ctx -> ctx.caller("shop").call("who", Map.of()))
                        .get("/later", ctx -> ctx.caller("shop").callAsync("who", Map.of()))
                        .background("tick", Schedule.every(Duration.ofMillis(8)), ctx -> seen.add("tick"))
                        .build());
                simulation.start(shop("a"));
                simulation.delay(Duration.ofMillis(10), Duration.ofMillis(10));

                assertThat(gate.get("/who")).hasJson("\"a\"");
                assertThat(seen).containsExactly("tick", "a", "tick");
                assertThat(gate.get("/later")).hasJson("\"a\"");
            }
        }
    }

    @Nested
    class The_seed {

        /** Everything there is, and faults of each kind. */
        private List<String> course(long seed) {
            try (Simulation simulation = Simulation.seeded(seed)) {
                seen.clear();
                List<TestApp> shops = new ArrayList<>();
                for (String who : List.of("a", "b", "c")) {
                    shops.add(simulation.start(shop(who).toBuilder()
                            .background("tick", Schedule.every(SECOND).onOneReplica(), ctx -> seen.add("tick " + who))
                            .thread("watch", ctx -> {
                                while (ctx.sleep(SECOND)) {
                                    ctx.broadcast("news", Map.of("n", -1));
                                }
                            })
                            .build()));
                }
                TestApp client = simulation.start();
                simulation
                        .drop(0.1)
                        .duplicate(0.2)
                        .delay(Duration.ofMillis(1), Duration.ofMillis(30))
                        .reorder(0.2);
                for (int n = 0; n < 20; n++) {
                    client.append("orders", Map.of("n", n));
                    client.broadcast("news", Map.of("n", n));
                    try {
                        seen.add("reply " + caller(client).timeout(SECOND).call("who", Map.of()));
                    } catch (CallTimeoutException e) {
                        seen.add("no reply");
                    }
                    simulation.clock().advance(Duration.ofMillis(200));
                    if (n == 5) {
                        simulation.partition(shops.get(0));
                    } else if (n == 9) {
                        simulation.crash(shops.get(1));
                    } else if (n == 12) {
                        simulation.heal(shops.get(0)).restart(shops.get(1));
                    }
                }
                simulation.clock().advance(Duration.ofMinutes(2));
                List<String> course = new ArrayList<>(simulation.timeline());
                course.addAll(seen);
                return course;
            }
        }

        @Test
        void gives_the_same_course_to_the_last_event() {
            List<String> first = course(4711);

            assertThat(first).hasSizeGreaterThan(500);
            assertThat(course(4711)).containsExactlyElementsOf(first);
        }

        @Test
        void gives_another_course_if_it_is_another_one() {
            Set<List<String>> courses = new HashSet<>();
            for (long seed = 1; seed <= 5; seed++) {
                courses.add(course(seed));
            }

            assertThat(courses).hasSize(5);
        }

        @Test
        void is_told_when_a_check_fails_with_what_happened_last() {
            assertThatThrownBy(() -> Simulation.explore(20, simulation -> {
                        TestApp client = simulation.start();
                        simulation.start(shop("a"));
                        simulation.start(shop("b"));
                        assertThat(caller(client).call("who", Map.of()).asString())
                                .isEqualTo("a");
                    }))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("expected: \"a\"")
                    .hasMessageMatching("(?s).*\\Rseed \\d+\\. Run it again with -Dcyanotype\\.test\\.seed=\\d+\\R"
                            + " +0\\.000000 test-1 +is there\\R.*"
                            + " +0\\.000000 test-1 +has the reply to call 1 of 'who' at 'shop', 200")
                    .hasCauseInstanceOf(AssertionError.class);
        }

        @Test
        void is_explored_only_as_far_as_asked() {
            List<Long> seeds = new ArrayList<>();

            Simulation.explore(3, simulation -> seeds.add(simulation.seed()));

            assertThat(seeds).containsExactly(1L, 2L, 3L);
            assertThatThrownBy(() -> Simulation.explore(0, simulation -> {}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("simulation: explore 0 seeds (expected: 1 or more)");
        }
    }

    @Nested
    class What_makes_no_sense {

        @Test
        void is_refused() {
            try (Simulation simulation = Simulation.seeded(1)) {
                assertThatThrownBy(() -> simulation.drop(1.5))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("simulation: drop 1.5 (expected: a probability from 0 to 1)");
                assertThatThrownBy(() -> simulation.duplicate(Double.NaN))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("simulation: duplicate NaN (expected: a probability from 0 to 1)");
                assertThatThrownBy(() -> simulation.delay(SECOND, Duration.ZERO))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("simulation: delay of PT1S to PT0S"
                                + " (expected: zero or more, and not less than that)");
            }
        }
    }
}

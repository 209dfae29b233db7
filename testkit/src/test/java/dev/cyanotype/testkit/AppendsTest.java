/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

import static dev.cyanotype.testkit.CyanotypeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.HttpException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Entries of streams, in memory. */
class AppendsTest {

    record Order(int id) {}

    private final List<String> log = new ArrayList<>();

    private Blueprint consumer(String group) {
        return Blueprint.named(group)
                .consume("orders", group, JsonNode.class, (entry, ctx) -> log.add(group + " " + entry))
                .build();
    }

    @Nested
    class Of_the_test {

        @Test
        void are_handled_by_each_group_when_they_return() {
            try (TestApp app = TestApp.of(consumer("stock"), consumer("billing"))) {
                String first = app.append("orders", new Order(1));
                String second = app.append("orders", "{\"id\": 2}");

                assertThat(log)
                        .containsExactly(
                                "stock {\"id\":1}", "billing {\"id\":1}", "stock {\"id\":2}", "billing {\"id\":2}");
                assertThat(first).isEqualTo("0-1");
                assertThat(second).isEqualTo("0-2");
            }
        }

        @Test
        void are_kept_where_nobody_handles_them_too() {
            try (TestApp app = TestApp.of(consumer("stock"))) {
                app.append("returns", new Order(1));

                assertThat(log).isEmpty();
                assertThat(app.appended("returns").get(0)).isOn("returns").hasJson(new Order(1));
            }
        }

        @Test
        void come_with_all_there_is_to_know_of_them() {
            Blueprint blueprint = Blueprint.named("stock")
                    .consume(
                            "orders",
                            "all",
                            Order.class,
                            (order, ctx) -> log.add(order + " " + ctx.id() + " " + ctx.stream() + " " + ctx.group()
                                    + " " + ctx.deliveries() + " " + ctx.entry() + " " + ctx.operation()))
                    .build();
            try (TestApp app = TestApp.of(blueprint)) {
                app.append("orders", new Order(7));

                assertThat(log).containsExactly("Order[id=7] 0-1 orders all 1 {\"id\":7} stock.orders");
            }
        }

        @Test
        void have_to_be_something() {
            try (TestApp app = TestApp.of()) {
                assertThatThrownBy(() -> app.append("orders", null))
                        .isInstanceOf(NullPointerException.class)
                        .hasMessage("entry");
            }
        }
    }

    @Nested
    class Of_the_app {

        private final Blueprint shop = Blueprint.named("shop")
                .post("/orders/{id:int}", ctx -> {
                    String id = ctx.append("orders", new Order(ctx.pathParam("id", Integer.class)));
                    log.add("appended");
                    return id;
                })
                .post(
                        "/orders/{id:int}/once",
                        ctx -> ctx.append("orders", ctx.pathParam("id"), new Order(ctx.pathParam("id", Integer.class))))
                .build();

        @Test
        void are_recorded_and_handled_when_the_request_returns() {
            try (TestApp app = TestApp.of(shop, consumer("stock"))) {
                assertThat(app.post("/orders/1", Map.of())).hasJson("\"0-1\"");
                app.post("/orders/2", Map.of());
                app.append("other", Map.of());

                assertThat(log).contains("stock {\"id\":1}", "stock {\"id\":2}", "appended");
                assertThat(app.appended())
                        .extracting(TestMessage::channel)
                        .containsExactly("orders", "orders", "other");
                assertThat(app.appended("orders")).hasSize(2);
                assertThat(app.appended("orders").get(1)).hasJson("{\"id\": 2}");
                assertThat(app.appended("none")).isEmpty();
            }
        }

        @Test
        void are_recorded_as_they_were_when_they_were_added() {
            Map<String, Object> changing = new HashMap<>(Map.of("n", 1));
            Blueprint blueprint = Blueprint.named("changing")
                    .post("/", ctx -> {
                        ctx.append("orders", changing);
                        changing.put("n", 2);
                        return null;
                    })
                    .consume("orders", "x", JsonNode.class, (entry, ctx) -> ((ObjectNode) entry).put("n", 3))
                    .consume("orders", "y", JsonNode.class, (entry, ctx) -> log.add(entry.toString()))
                    .build();
            try (TestApp app = TestApp.of(blueprint)) {
                app.post("/", Map.of());

                assertThat(app.appended().get(0)).hasJson("{\"n\": 1}");
                assertThat(log).containsExactly("{\"n\":1}");
            }
        }

        @Test
        void are_a_copy_that_does_not_grow() {
            try (TestApp app = TestApp.of(shop)) {
                List<TestMessage> before = app.appended();

                app.post("/orders/1", Map.of());

                assertThat(before).isEmpty();
                assertThatThrownBy(() -> before.add(null)).isInstanceOf(UnsupportedOperationException.class);
            }
        }

        @Test
        void of_one_key_are_handled_once_by_each_group() {
            try (TestApp app = TestApp.of(shop, consumer("stock"), consumer("billing"))) {
                app.post("/orders/1/once", Map.of());
                app.post("/orders/1/once", Map.of());
                app.post("/orders/2/once", Map.of());

                assertThat(log)
                        .containsExactly(
                                "stock {\"id\":1}", "billing {\"id\":1}", "stock {\"id\":2}", "billing {\"id\":2}");
                assertThat(app.appended()).hasSize(3);
            }
        }

        @Test
        void of_a_consumer_are_handled_after_it_has_ended() {
            Blueprint chain = Blueprint.named("chain")
                    .consume("first", "x", JsonNode.class, (entry, ctx) -> {
                        log.add("first begins");
                        ctx.append("second", Map.of());
                        ctx.broadcast("news", Map.of());
                        log.add("first ends");
                    })
                    .consume("second", "x", JsonNode.class, (entry, ctx) -> log.add("second"))
                    .listen("news", (message, ctx) -> log.add("news"))
                    .build();
            try (TestApp app = TestApp.of(chain)) {
                app.append("first", Map.of());

                assertThat(log).containsExactly("first begins", "first ends", "second", "news");
            }
        }

        @Test
        void of_another_thread_that_a_consumer_waits_for_are_handled_meanwhile() {
            Blueprint waiting = Blueprint.named("waiting")
                    .consume("start", "x", JsonNode.class, (entry, ctx) -> {
                        CompletableFuture.runAsync(() -> ctx.append("next", Map.of()))
                                .join();
                        log.add("start ends");
                    })
                    .consume("next", "x", JsonNode.class, (entry, ctx) -> log.add("next"))
                    .build();
            try (TestApp app = TestApp.of(waiting)) {
                app.append("start", Map.of());

                assertThat(log).containsExactly("next", "start ends");
            }
        }
    }

    @Nested
    class That_fail {

        private Blueprint failing(int maxDeliveries, int status, int succeedsAt) {
            return Blueprint.named("stock")
                    .consume(
                            "orders",
                            "stock",
                            Order.class,
                            (order, ctx) -> {
                                log.add("try " + ctx.deliveries());
                                if (ctx.deliveries() < succeedsAt) {
                                    throw new HttpException(status, "the stock is away");
                                }
                            },
                            options -> options.maxDeliveries(maxDeliveries)
                                    .retries(Duration.ofHours(1), Duration.ofHours(1)))
                    .build();
        }

        @Test
        void are_tried_again_after_their_rest_until_they_are_handled() {
            try (TestApp app = TestApp.of(failing(5, 503, 3))) {
                app.append("orders", new Order(1));
                assertThat(log).containsExactly("try 1");

                app.clock().advance(Duration.ofMinutes(59));
                assertThat(log).containsExactly("try 1");

                app.clock().advance(Duration.ofMinutes(1));
                assertThat(log).containsExactly("try 1", "try 2");

                app.clock().advance(Duration.ofDays(365));
                assertThat(log).containsExactly("try 1", "try 2", "try 3");
                assertThat(app.appended()).hasSize(1);
                assertThat(app.clock().pending()).isZero();
            }
        }

        @Test
        void rest_twice_as_long_after_each_failure() {
            Blueprint stock = Blueprint.named("stock")
                    .consume(
                            "orders",
                            "stock",
                            Order.class,
                            (order, ctx) -> {
                                throw new HttpException(503, "the stock is away");
                            },
                            options -> options.maxDeliveries(4).retries(Duration.ofSeconds(1), Duration.ofMinutes(1)))
                    .consume("{orders}:dead", "log", JsonNode.class, (letter, ctx) -> log.add("dead"))
                    .build();
            try (TestApp app = TestApp.of(stock)) {
                app.append("orders", new Order(1));

                app.clock().advance(Duration.ofSeconds(1 + 2 + 4).minusNanos(1));
                assertThat(log).isEmpty();

                app.clock().advance(Duration.ofNanos(1));
                assertThat(log).containsExactly("dead");
            }
        }

        @Test
        void let_others_be_handled_while_they_rest() {
            Blueprint stock = Blueprint.named("stock")
                    .consume("orders", "stock", Order.class, (order, ctx) -> {
                        log.add(order.id() + " for the " + ctx.deliveries() + ". time");
                        if (ctx.deliveries() == 1 && order.id() == 1) {
                            throw new HttpException(503, "the stock is away");
                        }
                    })
                    .build();
            try (TestApp app = TestApp.of(stock)) {
                app.append("orders", new Order(1));
                app.append("orders", new Order(2));
                app.clock().advance(Duration.ofSeconds(1));

                assertThat(log).containsExactly("1 for the 1. time", "2 for the 1. time", "1 for the 2. time");
            }
        }

        @Test
        void are_not_tried_again_by_an_app_that_has_ended() {
            TestClock clock = TestClock.create();
            try (TestApp app = TestApp.of(clock, failing(5, 503, 3))) {
                app.append("orders", new Order(1));
            }

            clock.advance(Duration.ofDays(1));

            assertThat(log).containsExactly("try 1");
        }

        @Test
        void in_vain_are_dead_letters_that_can_be_handled_too() {
            Blueprint digger = Blueprint.named("digger")
                    .consume("{orders}:dead", "digger", JsonNode.class, (letter, ctx) -> log.add(letter.toString()))
                    .build();
            try (TestApp app = TestApp.of(failing(2, 503, 9), digger)) {
                app.append("orders", new Order(1));
                app.clock().advance(Duration.ofHours(1));

                String letter = "{\"stream\":\"orders\",\"group\":\"stock\",\"id\":\"0-1\",\"deliveries\":2,"
                        + "\"reason\":\"the stock is away\",\"entry\":{\"id\":1}}";
                assertThat(log).containsExactly("try 1", "try 2", letter);
                assertThat(app.appended("{orders}:dead").get(0)).hasJson(letter);
            }
        }

        @Test
        void for_good_are_dead_letters_at_once() {
            try (TestApp app = TestApp.of(failing(5, 422, 9))) {
                app.append("orders", new Order(1));

                assertThat(log).containsExactly("try 1");
                assertThat(app.appended("{orders}:dead")
                                .get(0)
                                .message()
                                .path("deliveries")
                                .asInt())
                        .isEqualTo(1);
            }
        }

        @Test
        void leave_their_key_to_another() {
            int[] tries = new int[1];
            Blueprint blueprint = Blueprint.named("stock")
                    .post(
                            "/{id:int}",
                            ctx -> ctx.append("orders", "key", new Order(ctx.pathParam("id", Integer.class))))
                    .consume("orders", "stock", Order.class, (order, ctx) -> {
                        tries[0]++;
                        if (order.id() == 1) {
                            throw new HttpException(422, "no");
                        }
                        log.add("handled " + order.id());
                    })
                    .build();
            try (TestApp app = TestApp.of(blueprint)) {
                app.post("/1", Map.of());
                app.post("/2", Map.of());
                app.post("/3", Map.of());

                assertThat(log).containsExactly("handled 2");
                assertThat(tries).containsExactly(2);
            }
        }
    }
}

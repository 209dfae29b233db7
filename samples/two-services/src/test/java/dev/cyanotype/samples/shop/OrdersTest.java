/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.shop;

import static dev.cyanotype.testkit.CyanotypeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.http.HttpMethod;
import dev.cyanotype.message.Action;
import dev.cyanotype.samples.shop.Messages.Level;
import dev.cyanotype.samples.shop.Orders.NewOrder;
import dev.cyanotype.testkit.TestApp;
import dev.cyanotype.testkit.TestRequest;
import dev.cyanotype.testkit.TestResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The orders, in memory: beside the real stock, beside ones that fail, and alone. */
class OrdersTest {

    private static final Duration PATIENCE = Duration.ofMillis(50);

    /** A blueprint knows nothing of the app it is on, so both services can be one that answers to the stock's name. */
    private static TestApp beside(Blueprint stock) {
        return TestApp.of(App.named(Messages.STOCK)
                .register(Orders.blueprint(PATIENCE))
                .register(stock)
                .build());
    }

    private static TestApp besideStockThat(Action.Handler does) {
        return beside(Blueprint.named("fake").action("reserve", does).build());
    }

    private static TestRequest order(TestApp app) {
        return app.request(HttpMethod.POST, "/api/orders").json(new NewOrder("apple", 2));
    }

    private static void isProblem(TestResponse response, int status, String detail) {
        assertThat(response).isProblem(status).hasJsonAt("/detail", detail);
    }

    @Test
    void an_order_is_put_aside_placed_and_shipped() {
        Shelf shelf = new Shelf();
        shelf.add("apple", 3);
        String order = "{\"id\": \"order_7\", \"article\": \"apple\", \"count\": 2}";
        try (TestApp app = beside(Stock.blueprint(shelf))) {
            assertThat(order(app).header("Idempotency-Key", "7").send())
                    .hasStatus(201)
                    .hasJson(order);
            assertThat(app.get("/api/orders/order_7")).hasStatus(200).hasJson(order);
            assertThat(app.appended(Messages.PLACED))
                    .singleElement()
                    .satisfies(entry -> assertThat(entry).hasJson(order));
        }
        assertThat(shelf.left()).isEqualTo(Map.of("apple", 1));
        assertThat(shelf.shipped()).containsExactly("order_7");
    }

    @Test
    void what_the_stock_refuses_the_client_is_told() {
        try (TestApp app = beside(Stock.blueprint(new Shelf()))) {
            isProblem(order(app).send(), 409, "Only 0 of 'apple' left");
            assertThat(app.appended()).isEmpty();
        }
    }

    @Test
    void what_is_sold_out_is_not_asked_for_until_there_is_more() {
        Shelf shelf = new Shelf();
        shelf.add("apple", 2);
        try (TestApp app = beside(Stock.blueprint(shelf))) {
            assertThat(order(app).send()).hasStatus(201);
            isProblem(order(app).send(), 409, "'apple' is sold out");
            app.post("/api/stock/apple", new Stock.Delivery(2));
            assertThat(order(app).send()).hasStatus(201);
        }
    }

    @Test
    void a_repeated_order_is_asked_for_even_if_it_seems_to_be_sold_out() {
        try (TestApp app = besideStockThat(ctx -> new Level("apple", 4))) {
            app.broadcast(Messages.LEVELS, new Level("apple", 0));
            assertThat(order(app).header("Idempotency-Key", "7").send()).hasStatus(201);
        }
    }

    @Test
    void without_a_stock_the_client_is_told_to_try_again() {
        try (TestApp app = TestApp.of(OrdersService.app(PATIENCE))) {
            TestResponse response = order(app).send();
            isProblem(response, 503, "Another service can't be reached. Try again.");
            assertThat(response).hasHeader("Retry-After", "2");
        }
    }

    @Test
    void a_stock_that_is_stopping_is_as_good_as_none() {
        try (TestApp app = besideStockThat(ctx -> Response.of(503, Map.of("error", "stopping")))) {
            isProblem(order(app).send(), 503, "Another service can't be reached. Try again.");
        }
    }

    @Test
    void a_stock_that_takes_too_long_is_not_waited_for() throws Exception {
        try (TestApp app = besideStockThat(ctx -> new CompletableFuture<>())) {
            CompletableFuture<TestResponse> response =
                    app.async(() -> order(app).send());
            app.clock().advance(PATIENCE);

            isProblem(
                    response.get(10, TimeUnit.SECONDS),
                    504,
                    "Another service took too long. It may have done its part.");
        }
    }

    @Test
    void what_fails_in_the_stock_stays_there() {
        try (TestApp app = besideStockThat(ctx -> {
            throw new IllegalStateException("password=secret");
        })) {
            isProblem(order(app).send(), 502, "Another service failed");
        }
    }

    @Test
    void an_order_that_makes_no_sense_is_refused() {
        try (TestApp app = TestApp.of(OrdersService.app(PATIENCE))) {
            String needed = "An order needs an article and a count";
            isProblem(app.post("/api/orders", Map.of("count", 1)), 400, needed);
            isProblem(app.post("/api/orders", Map.of("article", "apple")), 400, needed);
            isProblem(
                    order(app).header("Idempotency-Key", "a b").send(),
                    400,
                    "The Idempotency-Key has to be 1 to 64 letters, digits and hyphens");
            isProblem(app.get("/api/orders/order_7"), 404, "No order 'order_7'");
        }
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cyanotype.testkit.TestRedis;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Both services in processes of their own, with a Redis between them, spoken to over HTTP. */
class TwoServicesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static TestRedis redis;
    private static ServiceProcess stock;
    private static ServiceProcess orders;

    private final String key = UUID.randomUUID().toString();

    /** Each test has one of its own. */
    private final String article = "article-" + key;

    @BeforeAll
    static void start() throws Exception {
        redis = TestRedis.open();
        stock = new ServiceProcess(StockService.class, redis.url());
        orders = new ServiceProcess(OrdersService.class, redis.url());
    }

    @AfterAll
    static void stop() throws Exception {
        try (TestRedis last = redis;
                ServiceProcess second = stock) {
            if (orders != null) {
                orders.close();
            }
        }
    }

    private void come(int count) throws Exception {
        assertThat(stock.post("/api/stock/" + article, "{\"count\":" + count + "}")
                        .body())
                .startsWith("{\"article\":\"" + article + "\",\"left\":");
    }

    private HttpResponse<String> order(int count, String... headers) throws Exception {
        return orders.post("/api/orders", "{\"article\":\"" + article + "\",\"count\":" + count + "}", headers);
    }

    private HttpResponse<String> orderWithKey(int count) throws Exception {
        return order(count, "Idempotency-Key", key);
    }

    private void awaitStock(String part) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(stock.get("/api/stock").body()).contains(part));
    }

    private String left(int count) {
        return "\"" + article + "\":" + count;
    }

    private static void isProblem(HttpResponse<String> response, int status, String detail) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(response.body()).contains("\"detail\":\"" + detail + "\"");
    }

    @Test
    void an_order_is_put_aside_and_shipped_once_however_often_it_is_sent() throws Exception {
        come(10);
        String order = "{\"id\":\"order_" + key + "\",\"article\":\"" + article + "\",\"count\":4}";
        for (int i = 0; i < 3; i++) {
            HttpResponse<String> response = orderWithKey(4);
            assertThat(response.statusCode()).isEqualTo(201);
            assertThat(response.body()).isEqualTo(order);
        }
        assertThat(orders.get("/api/orders/order_" + key).body()).isEqualTo(order);
        awaitStock("\"order_" + key + "\"");
        assertThat(stock.get("/api/stock").body()).contains(left(6)).containsOnlyOnce("order_" + key);
    }

    @Test
    void the_orders_hear_that_an_article_is_sold_out_and_that_there_is_more() throws Exception {
        come(1);
        assertThat(order(1).statusCode()).isEqualTo(201);
        await().atMost(PATIENCE).untilAsserted(() -> isProblem(order(1), 409, "'" + article + "' is sold out"));
        come(5);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(order(1).statusCode()).isEqualTo(201));
        awaitStock(left(4));
    }

    @Test
    void a_refusal_of_the_stock_reaches_the_client() throws Exception {
        come(10);
        isProblem(order(11), 409, "Only 10 of '" + article + "' left");
    }

    @Test
    void without_the_stock_orders_are_refused_at_once_and_taken_again_once_it_is_back() throws Exception {
        stock.kill();
        try {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(redis.command("PUBSUB", "NUMSUB", "stock"))
                            .isEqualTo("stock\n0"));
            // One that had waited would be a 504.
            HttpResponse<String> response = orderWithKey(1);
            isProblem(response, 503, "Another service can't be reached. Try again.");
            assertThat(response.headers().firstValue("Retry-After")).contains("2");
        } finally {
            stock.close();
            stock = new ServiceProcess(StockService.class, redis.url());
        }
        come(1);
        assertThat(orderWithKey(1).statusCode()).isEqualTo(201);
        awaitStock("\"order_" + key + "\"");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no SIGSTOP")
    void an_order_that_the_stock_takes_too_long_for_is_given_up_and_not_run_later() throws Exception {
        come(10);
        stock.pause();
        try {
            isProblem(orderWithKey(1), 504, "Another service took too long. It may have done its part.");
        } finally {
            stock.resume();
        }
        assertThat(orderWithKey(2).statusCode()).isEqualTo(201);
        awaitStock(left(8));
    }
}

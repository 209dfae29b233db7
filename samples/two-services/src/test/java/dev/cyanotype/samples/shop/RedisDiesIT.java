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
import org.junit.jupiter.api.Test;

/** Both services in processes of their own, and a Redis that dies between them. */
class RedisDiesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String APPLE = "{\"article\":\"apple\",\"count\":1}";

    @Test
    void orders_are_refused_while_redis_is_away_and_taken_again_once_it_is_back() throws Exception {
        try (TestRedis redis = TestRedis.start();
                ServiceProcess stock = new ServiceProcess(StockService.class, redis.url());
                ServiceProcess orders = new ServiceProcess(OrdersService.class, redis.url())) {
            assertThat(orders.post("/api/orders", APPLE).statusCode()).isEqualTo(201);

            redis.kill();
            await().atMost(PATIENCE).untilAsserted(() -> {
                HttpResponse<String> refused = orders.post("/api/orders", APPLE);
                assertThat(refused.statusCode()).isEqualTo(503);
                assertThat(refused.body()).contains("\"detail\":\"Another service can't be reached. Try again.\"");
            });
            assertThat(stock.get("/api/stock").statusCode()).isEqualTo(200);

            redis.restart();
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(orders.post("/api/orders", APPLE).statusCode())
                                    .isEqualTo(201));
        }
    }
}

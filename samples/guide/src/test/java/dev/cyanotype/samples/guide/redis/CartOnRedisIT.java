/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.guide.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.samples.guide.redis.Cart.Order;
import dev.cyanotype.testkit.TestRedis;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The two services as two apps with a Redis between them. */
class CartOnRedisIT {

    private final TestRedis redis = TestRedis.start();
    private final List<Order> shipped = new CopyOnWriteArrayList<>();
    private final App prices = on("prices", Prices.blueprint());
    private final App cart = on("cart", Cart.blueprint(shipped::add));

    private App on(String name, Blueprint blueprint) {
        return App.named(name)
                .setting("redis.url", redis.url())
                .setting("http.port", "0")
                .register(blueprint)
                .build();
    }

    @BeforeEach
    void start() {
        prices.start();
        cart.start();
    }

    @AfterEach
    void stop() {
        try (TestRedis closed = redis) {
            cart.stop();
            prices.stop();
        }
    }

    private static String send(App app, String method, String path, String body)
            throws IOException, InterruptedException {
        URI uri = app.address("http").resolve(path);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }

    @Test
    void one_asks_the_other_hears_of_what_is_new_and_ships() throws IOException, InterruptedException {
        send(prices, "PUT", "/prices/apple", "{\"cents\": 120}");
        assertThat(send(cart, "GET", "/cost/apple", "")).isEqualTo("{\"article\":\"apple\",\"cents\":120}");

        redis.command("PUBLISH", "prices", "{\"article\": \"pear\", \"cents\": 90}");
        await().untilAsserted(() ->
                assertThat(send(cart, "GET", "/cost/pear", "")).isEqualTo("{\"article\":\"pear\",\"cents\":90}"));

        send(cart, "POST", "/orders", "{\"id\": \"1\", \"article\": \"apple\"}");
        redis.command("XADD", "orders", "*", "data", "{\"id\": \"2\", \"article\": \"pear\"}");
        await().untilAsserted(() ->
                assertThat(shipped).containsExactlyInAnyOrder(new Order("1", "apple"), new Order("2", "pear")));
    }
}

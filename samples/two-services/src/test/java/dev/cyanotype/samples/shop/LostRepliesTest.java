/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.shop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.http.HttpMethod;
import dev.cyanotype.samples.shop.Orders.NewOrder;
import dev.cyanotype.testkit.Simulation;
import dev.cyanotype.testkit.TestApp;
import dev.cyanotype.testkit.TestResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Orders and stock, two of each, on a network that loses a third of what they say to each other. */
class LostRepliesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static App orders() {
        return App.named("orders").register(Orders.blueprint(PATIENCE)).build();
    }

    private static App stock(Shelf shelf) {
        return App.named(Messages.STOCK).register(Stock.blueprint(shelf)).build();
    }

    private static TestResponse order(TestApp orders, String key) {
        return orders.request(HttpMethod.POST, "/api/orders")
                .header("Idempotency-Key", key)
                .json(new NewOrder("apple", 1))
                .send();
    }

    @Test
    void an_order_that_is_repeated_until_it_is_confirmed_is_put_aside_and_shipped_once() {
        Simulation.explore(20, simulation -> {
            Shelf shelf = new Shelf();
            shelf.add("apple", 10);
            TestApp first = simulation.start(orders());
            TestApp second = simulation.start(orders());
            simulation.start(stock(shelf));
            simulation.start(stock(shelf));
            simulation.drop(0.3).duplicate(0.3).delay(Duration.ZERO, Duration.ofMillis(50));

            for (int n = 1; n <= 4; n++) {
                TestApp next = first;
                while (order(next, "key-" + n).status() != 201) {
                    next = next == first ? second : first;
                }
            }
            simulation.clock().advance(Duration.ofMinutes(5));

            assertThat(shelf.left()).isEqualTo(Map.of("apple", 6));
            assertThat(shelf.shipped())
                    .containsExactlyInAnyOrder("order_key-1", "order_key-2", "order_key-3", "order_key-4");
        });
    }
}

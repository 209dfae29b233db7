/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.guide.redis;

import static dev.cyanotype.testkit.CyanotypeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.samples.guide.redis.Cart.Order;
import dev.cyanotype.samples.guide.redis.Prices.Price;
import dev.cyanotype.samples.guide.redis.Prices.Wanted;
import dev.cyanotype.testkit.TestApp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CartTest {

    private final List<Order> shipped = new ArrayList<>();

    @Test
    void a_price_is_told_and_announced() {
        try (TestApp app = TestApp.of(Prices.blueprint())) {
            app.put("/prices/apple", Map.of("cents", 120));

            assertThat(app.call(Prices.PRICE, new Wanted("apple"))).isEqualTo(new Price("apple", 120));
            assertThat(app.call("price", Map.of("article", "pear"))).isError("Nobody sells 'pear'");
            assertThat(app.broadcasts("prices").get(0)).hasJson("{\"article\": \"apple\", \"cents\": 120}");
        }
    }

    @Test
    void the_cart_asks_until_it_has_heard() {
        try (TestApp app = TestApp.of(Cart.blueprint(shipped::add))) {
            assertThat(app.get("/cost/apple")).isProblem(503);

            app.broadcast("prices", new Price("apple", 120));

            assertThat(app.get("/cost/apple")).hasStatus(200).hasJsonAt("/cents", 120);
        }
    }

    @Test
    void both_fit_into_one_process() {
        try (TestApp app = TestApp.of(App.named("prices")
                .register(Prices.blueprint())
                .register(Cart.blueprint(shipped::add))
                .build())) {
            app.put("/prices/apple", Map.of("cents", 120));
            assertThat(app.get("/cost/apple")).hasJsonAt("/cents", 120);
            assertThat(app.get("/cost/pear")).isProblem(502);
        }
    }

    @Test
    void an_order_is_shipped() {
        try (TestApp app = TestApp.of(Cart.blueprint(shipped::add))) {
            assertThat(app.post("/orders", new Order("1", "apple"))).hasStatus(202);
        }
        assertThat(shipped).containsExactly(new Order("1", "apple"));
    }
}

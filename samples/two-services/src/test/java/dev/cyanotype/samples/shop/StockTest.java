/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.shop;

import static dev.cyanotype.testkit.CyanotypeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.samples.shop.Messages.Level;
import dev.cyanotype.samples.shop.Messages.Order;
import dev.cyanotype.samples.shop.Messages.Wanted;
import dev.cyanotype.testkit.TestApp;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The stock, in memory. */
class StockTest {

    private final Shelf shelf = new Shelf();
    private final App service = StockService.app(shelf);
    private final TestApp app = TestApp.of(service);

    @AfterEach
    void stop() {
        app.close();
    }

    @Test
    void goods_that_come_are_there_and_said_to_be() {
        assertThat(app.post("/api/stock/apple", new Stock.Delivery(3)))
                .hasStatus(200)
                .hasJson("{\"article\": \"apple\", \"left\": 3}");
        assertThat(app.get("/api/stock")).hasStatus(200).hasJson("{\"left\": {\"apple\": 3}, \"shipped\": []}");
        assertThat(app.broadcasts(Messages.LEVELS))
                .singleElement()
                .satisfies(level -> assertThat(level).hasJson("{\"article\": \"apple\", \"left\": 3}"));
    }

    @Test
    void goods_are_put_aside_and_what_is_left_is_said() {
        shelf.add("apple", 3);
        assertThat(app.call(Messages.RESERVE, new Wanted("apple", 2))).isEqualTo(new Level("apple", 1));
        assertThat(app.broadcasts(Messages.LEVELS))
                .singleElement()
                .satisfies(level -> assertThat(level).hasJson("{\"article\": \"apple\", \"left\": 1}"));
    }

    @Test
    void nothing_is_put_aside_where_there_is_too_few() {
        shelf.add("apple", 1);
        assertThat(app.call("reserve", new Wanted("apple", 2))).isError("Only 1 of 'apple' left");
        assertThat(app.call("reserve", Map.of("count", 1))).isError("Only 0 of 'null' left");
        assertThat(app.call("reserve", new Wanted("apple", 0))).isError("count 0 (expected: 1 or more)");
        assertThat(shelf.left()).isEqualTo(Map.of("apple", 1));
        assertThat(app.broadcasts()).isEmpty();
    }

    @Test
    void an_order_is_shipped_once() {
        app.append(Messages.PLACED, new Order("order_1", "apple", 1));
        app.append(Messages.PLACED, new Order("order_1", "apple", 1));
        app.append(Messages.PLACED, new Order("order_2", "apple", 1));
        assertThat(shelf.shipped()).containsExactly("order_1", "order_2");
    }
}

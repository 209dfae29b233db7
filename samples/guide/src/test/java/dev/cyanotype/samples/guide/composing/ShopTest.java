/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.guide.composing;

import static dev.cyanotype.testkit.CyanotypeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyanotype.App;
import dev.cyanotype.AppBuildException;
import dev.cyanotype.http.HttpMethod;
import dev.cyanotype.samples.guide.composing.Shop.Item;
import dev.cyanotype.testkit.TestApp;
import dev.cyanotype.testkit.TestRequest;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShopTest {

    private static final Map<Integer, Item> CATALOGUE = Map.of(1, new Item(1, "apple"));
    private static final Map<Integer, Item> ARCHIVE = Map.of(7, new Item(7, "quince"));

    private static TestApp shop() {
        return TestApp.of(Shop.app(CATALOGUE, ARCHIVE));
    }

    private static TestRequest order(TestApp app, int count) {
        return app.request(HttpMethod.POST, "/v1/api/orders").json(Map.of("item", 1, "count", count));
    }

    @Test
    void only_orders_ask_who_it_is() {
        try (TestApp app = shop()) {
            assertThat(app.get("/v1/api/items/1")).hasStatus(200).hasHeader("X-Api", "shop");
            assertThat(order(app, 2).send()).isProblem(401).hasHeader("X-Api", "shop");
            assertThat(app.get("/v1/api/orders/nowhere")).isProblem(401);
            assertThat(order(app, 2).header("X-User", "ann").send())
                    .hasStatus(201)
                    .hasJson("{\"user\": \"ann\", \"item\": \"/v1/api/items/1\", \"count\": 2}");
        }
    }

    @Test
    void an_error_is_handled_where_it_belongs() {
        try (TestApp app = shop()) {
            assertThat(order(app, 11).header("X-User", "ann").send())
                    .hasStatus(409)
                    .hasJson("{\"error\": \"Sold out\"}");
        }
    }

    @Test
    void a_version_changes_one_route_and_a_second_mount_has_items_of_its_own() {
        try (TestApp app = shop()) {
            assertThat(app.get("/v2/api/items/1")).hasJson("{\"item\": {\"id\": 1, \"name\": \"apple\"}}");
            assertThat(app.get("/v2/api/items")).hasJson("[{\"id\": 1, \"name\": \"apple\"}]");
            assertThat(app.get("/archive/items/7")).hasJson("{\"id\": 7, \"name\": \"quince\"}");
            assertThat(app.app().urls().to("archive.show").with("id", 7).path()).isEqualTo("/archive/items/7");
        }
    }

    @Test
    void two_in_one_place_do_not_fit() {
        assertThatThrownBy(() -> App.named("shop")
                        .register(Shop.items(CATALOGUE))
                        .register(Shop.items(ARCHIVE), mount -> mount.named("archive"))
                        .build())
                .isInstanceOf(AppBuildException.class)
                .hasMessageContaining("GET /items/{id:int}: declared by 'items' (Shop.java:")
                .hasMessageContaining("Change one path or method.");
    }

    @Test
    void what_would_run_is_explained() {
        try (TestApp app = shop()) {
            assertThat(app.app().explain("POST /v1/api/orders"))
                    .startsWith("POST /v1/api/orders  is answered by 'orders' (Shop.java:")
                    .contains("before             'orders' (Shop.java:")
                    .contains("after              app 'shop' (Shop.java:");
        }
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.readme;

import static dev.cyanotype.testkit.CyanotypeAssertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.Health;
import dev.cyanotype.testkit.TestApp;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What the guide to health shows. */
class HealthExampleTest {

    private static final Duration ONE_SECOND = Duration.ofSeconds(1);

    /** What the example needs of a database. */
    interface Database {

        boolean isValid(Duration timeout);
    }

    static Blueprint orders(Database db, AtomicBoolean stuck) {
        return Blueprint.named("orders")
                .check("db", () -> db.isValid(ONE_SECOND))
                .check("import", () -> !stuck.get(), check -> check.live().timeout(ONE_SECOND))
                .build();
    }

    static App shop(Blueprint orders) {
        return App.named("shop")
                .register(orders)
                .register(Health.blueprint())
                .stopDelay(Duration.ofSeconds(5))
                .stopBudget(Duration.ofSeconds(25))
                .build();
    }

    private static final String READY = """
            {
              "status": "DOWN",
              "checks": [
                {"name": "app", "status": "UP", "data": {"state": "running"}},
                {"name": "memory", "status": "UP"},
                {"name": "orders.db", "status": "DOWN", "data": {"reason": "failed"}},
                {"name": "orders.import", "status": "UP"}
              ]
            }
            """;

    @Test
    void a_database_that_is_gone_takes_the_service_out_of_the_traffic_and_nothing_more() {
        Database gone = timeout -> {
            throw new IllegalStateException("no connection");
        };
        try (TestApp app = TestApp.of(Health.blueprint(), orders(gone, new AtomicBoolean()))) {
            assertThat(app.get("/health/ready")).hasStatus(503).hasJson(READY);
            assertThat(app.get("/health/live")).hasStatus(200);
        }
    }

    @Test
    void an_import_that_is_stuck_has_the_service_started_again() {
        AtomicBoolean stuck = new AtomicBoolean(true);
        try (TestApp app = TestApp.of(Health.blueprint(), orders(timeout -> true, stuck))) {
            assertThat(app.get("/health/live")).hasStatus(503).hasJsonAt("/checks/1/name", "orders.import");
        }
    }

    @Test
    void the_whole_shop_is_ready() {
        try (TestApp app = TestApp.of(shop(orders(timeout -> true, new AtomicBoolean())))) {
            assertThat(app.get("/health/ready")).hasStatus(200);
            assertThat(app.get("/health/started")).hasStatus(200);
        }
    }
}

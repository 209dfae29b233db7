/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.guide.javalin;

import static dev.cyanotype.testkit.CyanotypeAssertions.assertThat;

import dev.cyanotype.http.HttpMethod;
import dev.cyanotype.testkit.TestApp;
import org.junit.jupiter.api.Test;

class ServerTest {

    @Test
    void the_blueprint_needs_no_server() {
        try (TestApp app = TestApp.of(Server.items())) {
            assertThat(app.request(HttpMethod.GET, "/items/1")
                            .header("X-User", "ann")
                            .send())
                    .hasJson("{\"id\": 1, \"name\": \"apple\"}");
            assertThat(app.get("/items/1")).hasStatus(401);
        }
    }
}

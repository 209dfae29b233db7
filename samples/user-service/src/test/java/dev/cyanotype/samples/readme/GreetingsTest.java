/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.readme;

import static dev.cyanotype.testkit.CyanotypeAssertions.assertThat;

import dev.cyanotype.testkit.TestApp;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The second example of the README. */
class GreetingsTest {

    @Test
    void greets_over_every_way_it_is_reached() {
        try (TestApp app = TestApp.of(Greetings.blueprint())) {
            assertThat(app.get("/api/greetings/ann")).hasStatus(200).hasJson("{\"hello\": \"ann\"}");
            assertThat(app.call("greet", Map.of("name", "ann"))).hasPayload("{\"hello\": \"ann\"}");
            assertThat(app.call("greet", Map.of("name", ""))).isError("Be polite");
        }
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.guide.sanic;

import static dev.cyanotype.testkit.CyanotypeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.http.HttpMethod;
import dev.cyanotype.testkit.TestApp;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DirectoryTest {

    private final AtomicInteger connected = new AtomicInteger();

    @Test
    void a_group_has_hooks_errors_and_versions() {
        try (TestApp app = TestApp.of(Directory.app(connected::incrementAndGet))) {
            assertThat(connected).hasValue(1);
            assertThat(app.request(HttpMethod.GET, "/v1/api/people/ann")
                            .header("X-User", "bob")
                            .send())
                    .hasJson("{\"name\": \"ann\", \"askedBy\": \"bob\"}");
            assertThat(app.get("/v1/api/people/eve")).hasStatus(404).hasJson("{\"error\": \"not here\"}");
            assertThat(app.app().urls().to("people.person").with("name", "ann").path())
                    .isEqualTo("/v1/api/people/ann");
            assertThat(app.get("/api/rooms")).hasJson("{\"rooms\": 3}");
            assertThat(app.get("/api/nowhere")).hasStatus(404).hasJson("{\"error\": \"not here\"}");
        }
    }
}

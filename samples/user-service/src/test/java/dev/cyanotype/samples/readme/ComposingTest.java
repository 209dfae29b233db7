/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.readme;

import static dev.cyanotype.testkit.CyanotypeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.testkit.TestApp;
import org.junit.jupiter.api.Test;

/** What docs/composing.md says of its examples. */
class ComposingTest {

    @Test
    void versions_stand_beside_each_other() {
        try (TestApp app = TestApp.of(Composing.app())) {
            assertThat(app.get("/v1/api/auth")).hasStatus(200).hasJson("{\"login\": \"/v1/api/auth/login\"}");
            assertThat(app.get("/v2/api/auth")).hasStatus(200).hasJson("{\"login\": \"/v2/api/auth/login\"}");
            assertThat(app.request("POST", "/v1/api/auth/login").send()).hasStatus(204);
            assertThat(app.request("POST", "/v2/api/auth/login").send()).hasStatus(410);
        }
    }

    @Test
    void hooks_see_what_routes_say_of_themselves() {
        try (TestApp app = TestApp.of(Composing.app())) {
            assertThat(app.request("DELETE", "/api/tools/items/1").send()).hasStatus(403);
            assertThat(app.request("DELETE", "/api/tools/items/1")
                            .header("X-Role", "owner")
                            .send())
                    .hasStatus(204);
            assertThat(app.request("DELETE", "/old/tools/items/1")
                            .host("archive.example.com")
                            .send())
                    .hasStatus(204);
        }
    }

    @Test
    void a_prefix_is_owned() {
        try (TestApp app = TestApp.of(Composing.app())) {
            assertThat(app.get("/api/tools/items/none")).hasStatus(404).hasJson("{\"error\": \"no such item\"}");
            assertThat(app.get("/api/tools")).hasStatus(404).hasContentType("application/problem+json");
        }
    }

    @Test
    void urls_are_built_by_name() {
        App app = Composing.app();

        assertThat(app.urls()
                        .to("items.show")
                        .with("shop", "tools & more")
                        .with("id", 7)
                        .query("lang", "de")
                        .path())
                .isEqualTo("/api/tools%20&%20more/items/7?lang=de");
        assertThat(app.urls()
                        .to("archive.show")
                        .with("shop", "tools")
                        .with("id", 7)
                        .absolute("https://example.com"))
                .isEqualTo("https://archive.example.com/old/tools/items/7");
        assertThat(app.urls().to("auth.index").path()).isEqualTo("/v2/api/auth/");
        assertThat(app.urls().to("auth.index").version(1).path()).isEqualTo("/v1/api/auth/");
    }

    @Test
    void an_app_explains_itself() {
        String explained = Composing.app().explain("GET /api/tools/items/7");

        assertThat(explained.replaceAll("\\(Composing.java:\\d+\\)", "(Composing.java)"))
                .contains("is answered by 'items.show' (Composing.java)")
                .contains("before", "handler", "'items': 404 (Composing.java)");
    }
}

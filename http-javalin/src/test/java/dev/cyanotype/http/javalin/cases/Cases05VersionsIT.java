/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin.cases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.http.javalin.BothWays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Behaviour cases 69 to 96: versions and version prefixes. */
class Cases05VersionsIT {

    @Test
    @DisplayName("case 71: route version beats blueprint version")
    void route_version_beats_blueprint_version() throws Exception {
        Blueprint test = Blueprint.named("Test")
                .version(1)
                .get("/", ctx -> Response.text("yes"), r -> r.version("1.1"))
                .build();
        BothWays.with(test).run(client -> {
            assertThat(client.get("/v1.1").text()).isEqualTo("yes");
            assertThat(client.get("/v1").status()).isEqualTo(404);
        });
    }

    @Test
    @DisplayName("case 97: host of a blueprint and of a route")
    void hosts() throws Exception {
        Blueprint test = Blueprint.named("test_bp_host")
                .prefix("/test1")
                .host("example.com")
                .get("/", ctx -> Response.text("Hello"))
                .get("/", ctx -> Response.text("Hello subdomain!"), r -> r.host("sub.example.com"))
                .build();
        BothWays.with(test).run(client -> {
            assertThat(client.get("/test1/", "Host", "example.com").text()).isEqualTo("Hello");
            assertThat(client.get("/test1/", "Host", "sub.example.com").text()).isEqualTo("Hello subdomain!");
            assertThat(client.get("/test1/", "Host", "other.com").status()).isEqualTo(404);
        });
    }
}

/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin.examples;

import static dev.cyanotype.http.javalin.examples.Checks.is;
import static dev.cyanotype.http.javalin.examples.Checks.notFound;
import static dev.cyanotype.http.javalin.examples.Checks.paths;
import static dev.cyanotype.http.javalin.examples.Checks.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.http.javalin.BothWays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The examples of the chapter on blueprints in Sanic's guide, from versioning on, in its order. */
class SanicGuideVersionsIT {

    private static Blueprint root(String name, String answer) {
        return Blueprint.named(name)
                .prefix("/" + name)
                .get("/", text(answer), r -> r.name("root"))
                .build();
    }

    @Nested
    @DisplayName("Versioning")
    class Versioning {

        private static Blueprint auth(int version) {
            return Blueprint.named("auth")
                    .prefix("/auth")
                    .version(version)
                    .get("/", text("auth " + version), r -> r.name("root"))
                    .get("/me", ctx -> Response.text(ctx.urls().to("auth.root").path()))
                    .build();
        }

        @Test
        @DisplayName("Versioning: two blueprints of one name in two versions")
        void two_versions() throws Exception {
            App app = App.named("app").register(auth(1)).register(auth(2)).build();

            assertThat(app.urls().to("auth.root").path()).isEqualTo("/v2/auth/");
            assertThat(app.urls().to("auth.root").version(1).path()).isEqualTo("/v1/auth/");
            BothWays.with(app.toBuilder()).run(client -> {
                is(client.get("/v1/auth"), 200, "auth 1");
                is(client.get("/v2/auth"), 200, "auth 2");
                is(client.get("/v1/auth/me"), 200, "/v1/auth/");
                is(client.get("/v2/auth/me"), 200, "/v2/auth/");
                notFound(client, "/auth", "/v3/auth");
            });
        }

        @Test
        @DisplayName("Versioning: several blueprints together, by their group")
        void of_a_group() throws Exception {
            Blueprint group = Blueprint.group(root("auth", "auth"), root("metrics", "metrics"))
                    .version("v1")
                    .build();
            App app = App.named("app").register(group).build();

            assertThat(paths(app)).containsExactly("/v1/auth/", "/v1/metrics/");
            BothWays.with(app.toBuilder()).run(client -> {
                is(client.get("/v1/auth/"), 200, "auth");
                is(client.get("/v1/metrics"), 200, "metrics");
                notFound(client, "/auth", "/metrics", "/vv1/auth");
            });
        }
    }

    @Nested
    @DisplayName("Composable")
    class Composable {

        private final Blueprint one = Blueprint.named("blueprint_1")
                .prefix("/bp1")
                .get("/", text("BP1_OK"))
                .build();

        private final Blueprint two = Blueprint.named("blueprint_2")
                .prefix("/bp2")
                .get("/", text("BP2_OK"))
                .build();

        private final Blueprint group = Blueprint.group(one, two)
                .version(1)
                .versionPrefix("/api/v")
                .prefix("/grouped")
                .strictSlashes(true)
                .build();

        private static final String[] NOBODYS = {
            "/",
            "/bp2",
            "/bp2/",
            "/grouped",
            "/grouped/bp1/",
            "/primary/grouped/bp1",
            "/v1/grouped/bp1/",
            "/api/v1",
            "/api/v1/bp1",
            "/api/v1/grouped",
            "/api/v1/primary",
            "/api/v1/primary/bp1",
            "/primary/api/v1/grouped/bp1/",
            "/api/v1/grouped/primary/bp1/",
            "/api/v1/grouped/bp1/x"
        };

        @Test
        @DisplayName("Composable: two handlers stand on exactly five paths")
        void five_paths() throws Exception {
            Blueprint primary = Blueprint.group(group).prefix("/primary").build();
            App app = App.named("app")
                    .register(group)
                    .register(primary)
                    .register(one)
                    .build();

            assertThat(paths(app))
                    .containsExactly(
                            "/api/v1/grouped/bp1/",
                            "/api/v1/grouped/bp2/",
                            "/api/v1/primary/grouped/bp1/",
                            "/api/v1/primary/grouped/bp2/",
                            "/bp1/");
            BothWays.with(app.toBuilder()).run(client -> {
                is(client.get("/api/v1/grouped/bp1/"), 200, "BP1_OK");
                is(client.get("/api/v1/grouped/bp2/"), 200, "BP2_OK");
                is(client.get("/api/v1/primary/grouped/bp1/"), 200, "BP1_OK");
                is(client.get("/api/v1/primary/grouped/bp2/"), 200, "BP2_OK");
                is(client.get("/bp1"), 200, "BP1_OK");
                notFound(client, NOBODYS);
                // here: the slash is needed under primary too, because the group is as strict there as anywhere
                notFound(client, "/api/v1/grouped/bp1", "/api/v1/primary/grouped/bp1", "/api/v1/primary/grouped/bp2");
            });
        }

        @Test
        @DisplayName("Composable: the five paths to the letter, where primary takes back that its group is strict")
        void to_the_letter() throws Exception {
            Blueprint primary = Blueprint.group()
                    .prefix("/primary")
                    .register(group, mount -> mount.strictSlashes(false))
                    .build();
            BothWays.with(group, primary, one).run(client -> {
                is(client.get("/api/v1/grouped/bp1/"), 200, "BP1_OK");
                is(client.get("/api/v1/grouped/bp2/"), 200, "BP2_OK");
                is(client.get("/api/v1/primary/grouped/bp1"), 200, "BP1_OK");
                is(client.get("/api/v1/primary/grouped/bp2"), 200, "BP2_OK");
                is(client.get("/bp1"), 200, "BP1_OK");
                notFound(client, NOBODYS);
                notFound(client, "/api/v1/grouped/bp1", "/api/v1/grouped/bp2");
            });
        }
    }

    @Test
    @DisplayName("Generating a URL: by the names of blueprint and route")
    void generating_a_url() {
        App app = App.named("app").register(root("my_blueprint", "")).build();

        assertThat(app.urls().to("my_blueprint.root").path()).isEqualTo("/my_blueprint/");
    }
}

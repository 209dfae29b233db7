/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin.cases;

import static dev.cyanotype.http.javalin.cases.Cases.app;
import static dev.cyanotype.http.javalin.cases.Cases.notFound;
import static dev.cyanotype.http.javalin.cases.Cases.says;
import static dev.cyanotype.http.javalin.cases.Cases.statuses;
import static dev.cyanotype.http.javalin.cases.Handlers.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.http.HttpContext;
import dev.cyanotype.http.javalin.BothWays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Behaviour cases 69 to 96: versions and version prefixes. */
class Cases05VersionsIT {

    @Test
    @DisplayName("case 69: version of a route of the app")
    void version_of_a_route_of_the_app() throws Exception {
        BothWays.with(App.named("test").get("/", text("x"), r -> r.version(1))).run(client -> {
            statuses(client, 200, "/v1", "/v1/");
            notFound(client, "/", "/1", "/v", "/v2");
        });
    }

    @Test
    @DisplayName("case 71: version of a route beats that of its blueprint")
    void version_of_a_route_beats_that_of_its_blueprint() throws Exception {
        Blueprint test = Blueprint.named("Test")
                .version(1)
                .get("/", text("x"), r -> r.version("1.1"))
                .build();
        BothWays.with(test).run(client -> {
            says(client, "/v1.1", "x");
            notFound(client, "/v1");
        });
    }

    @Test
    @DisplayName("case 73: version of a blueprint beats that of its group")
    void version_of_a_blueprint_beats_that_of_its_group() throws Exception {
        Blueprint test =
                Blueprint.named("Test").version("1.1").get("/", text("x")).build();
        BothWays.with(Blueprint.group(test).version(1).build()).run(client -> {
            says(client, "/v1.1", "x");
            notFound(client, "/v1");
        });
    }

    @Test
    @DisplayName("case 75: version of a route beats that of a mount")
    void version_of_a_route_beats_that_of_a_mount() throws Exception {
        Blueprint test = Blueprint.named("Test")
                .version("1.1")
                .get("/", text("x"), r -> r.version("1.3"))
                .get("/", text("y"))
                .build();
        BothWays.with(app().register(Blueprint.group(test).version(1).build(), mount -> mount.version("1.2")))
                .run(client -> {
                    says(client, "/v1.3", "x");
                    says(client, "/v1.2", "y");
                    notFound(client, "/v1.1", "/v1");
                });
    }

    @Test
    @DisplayName("case 77: version prefix of a blueprint")
    void version_prefix_of_a_blueprint() throws Exception {
        Blueprint test = Blueprint.named("Test")
                .version(1)
                .versionPrefix("/api/v")
                .get("/", text("x"))
                .get("/own", text("x"), r -> r.versionPrefix("/v"))
                .build();
        BothWays.with(test).run(client -> {
            says(client, "/api/v1", "x");
            // Sanic: '/v' counts as unset, so a route can't restore it; here: it is a value like any other.
            says(client, "/v1/own", "x");
            notFound(client, "/v1", "/api/v1/own");
        });
    }

    @Test
    @DisplayName("case 79: version prefix of a group is inherited")
    void version_prefix_of_a_group_is_inherited() throws Exception {
        Blueprint test = Blueprint.named("Test").get("/", text("x")).build();
        BothWays.with(Blueprint.group(test).version(1).versionPrefix("/api/v").build())
                .run(client -> says(client, "/api/v1", "x"));
        BothWays.with(app(test).version(1).versionPrefix("/api/v")).run(client -> says(client, "/api/v1", "x"));
    }

    @Test
    @DisplayName("case 81: version prefix of a mount beats that of a group and that of the blueprint")
    void version_prefix_of_a_mount_beats_both() throws Exception {
        Blueprint test = Blueprint.named("Test")
                .version("1.1")
                .versionPrefix("/alsoignore/v")
                .get("/", text("x"))
                .build();
        Blueprint group =
                Blueprint.group(test).version(1).versionPrefix("/ignore/v").build();
        BothWays.with(app().register(group, mount -> mount.version("1.2").versionPrefix("/api/v")))
                .run(client -> {
                    says(client, "/api/v1.2", "x");
                    notFound(client, "/ignore/v1.2", "/alsoignore/v1.2", "/api/v1.1", "/v1.2");
                });
        BothWays.with(group).run(client -> says(client, "/alsoignore/v1.1", "x"));
    }

    @Test
    @DisplayName("case 83: versions of groups, all levels at once")
    void versions_of_groups_all_levels_at_once() throws Exception {
        Blueprint bp1 = Blueprint.named("bp1")
                .prefix("/bp1")
                .get("/pre-group", text("x"))
                .get("/r1", text("x"))
                .build();
        Blueprint bp2 = Blueprint.named("bp2")
                .prefix("/bp2")
                .version(2)
                .get("/r2", text("x"))
                .get("/r3", text("x"), r -> r.version(3))
                .build();
        Blueprint bp3 =
                Blueprint.named("bp3").prefix("/bp3").get("/r1", text("x")).build();
        Blueprint g = Blueprint.group(bp1, bp2).prefix("/group1").version(1).build();
        Blueprint h = Blueprint.group(bp3).build();
        assertThat(g.version()).isEqualTo("1");
        assertThat(h.strictSlashes()).isNull();
        BothWays.with(Blueprint.group(g, h).build()).run(client -> {
            statuses(
                    client,
                    200,
                    "/v1/group1/bp1/r1/",
                    "/v1/group1/bp1/pre-group",
                    "/v2/group1/bp2/r2",
                    "/v3/group1/bp2/r3",
                    "/bp3/r1");
            notFound(client, "/group1/bp1/r1", "/v1/group1/bp2/r2", "/v2/group1/bp2/r3", "/v1/bp3/r1");
        });
    }

    @Test
    @DisplayName("near case 83: the version stands before the prefixes of all levels")
    void the_version_stands_before_all_prefixes() throws Exception {
        Blueprint bp = Blueprint.named("bp").prefix("/bp").get("/x", text("x")).build();
        Blueprint group = Blueprint.group(bp).prefix("/group").version(1).build();
        App.Builder app = app().prefix("/app")
                .version(9)
                .get("/own", text("own"))
                .register(group, mount -> mount.under("/under"))
                .register(bp, mount -> mount.named("other").version("1.0").versionPrefix("api/ver-"));
        BothWays.with(app).run(client -> {
            says(client, "/v1/app/under/group/bp/x", "x");
            says(client, "/v9/app/own", "own");
            says(client, "/api/ver-1.0/app/bp/x", "x");
            notFound(client, "/app/v9/own", "/app/own", "/v9/own");
        });
    }

    @ParameterizedTest(name = "{0}: version \"{1}\" is the segment {2}")
    @CsvSource({
        "case 85, 1.1, /v1.1",
        "case 87, 1.1, /v1.1",
        "case 89, v1.0.1, /v1.0.1",
        "near case 89, 1, /v1",
        "near case 89, 0, /v0",
        "near case 89, v1, /v1",
        "near case 89, vv2, /v2",
        "near case 89, /2, /v2",
        "near case 89, /v2, /v2",
        "near case 89, 1-beta, /v1-beta",
        "near case 89, 2024_10, /v2024_10"
    })
    void segments_of_versions(String number, String version, String segment) throws Exception {
        // A version is a whole number or a text here, so 1.1 and "1.1" are one case.
        Blueprint own = Blueprint.named("own")
                .prefix("/own")
                .version(version)
                .get("/foo", text("x"))
                .build();
        Blueprint bare =
                Blueprint.named("bare").prefix("/bare").get("/foo", text("x")).build();
        App.Builder app = app(own).get(
                        "/foo",
                        ctx -> Response.text(ctx.urls().to("handler").path()),
                        r -> r.name("handler").version(version))
                .register(bare, mount -> mount.version(version));
        BothWays.with(app).run(client -> {
            says(client, segment + "/foo", segment + "/foo");
            says(client, segment + "/own/foo", "x");
            says(client, segment + "/bare/foo", "x");
            notFound(client, "/foo");
        });
    }

    @ParameterizedTest(name = "near case 89: \"{0}\" is no version")
    @ValueSource(strings = {"", "v", "/", "a/b", "1 2", "{x}", "é", "1?"})
    void what_is_no_version(String version) {
        String expected = ": version '" + version + "' (expected: a number or text such as '1.1' or 'v2')";
        assertThatThrownBy(() -> Blueprint.named("bp").version(version))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("blueprint 'bp'" + expected);
        assertThatThrownBy(() -> Blueprint.named("bp").get("/", text("x"), r -> r.version(version)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("blueprint 'bp': route [GET] [/]" + expected);
        assertThatThrownBy(() -> Blueprint.named("bp").version(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("blueprint 'bp': version -1 (expected: 0 or more)");
    }

    @Test
    @DisplayName("case 92: version of an inner blueprint under that of an outer group (here: the nearest wins)")
    void version_of_an_inner_blueprint() throws Exception {
        Blueprint bp = Blueprint.named("bp")
                .prefix("/bp")
                .version(2)
                .get("/", text("x"))
                .build();
        Blueprint inner = Blueprint.group(bp).prefix("/in").build();
        Blueprint outer = Blueprint.group(inner).prefix("/out").version(1).build();
        // Sanic: /v1/out/in/bp, against its documentation; here: own value before enclosing ones, as documented there.
        BothWays.with(outer).run(client -> {
            says(client, "/v2/out/in/bp", "x");
            notFound(client, "/v1/out/in/bp");
        });
    }

    @Test
    @DisplayName("case 94: version of an inner group")
    void version_of_an_inner_group() throws Exception {
        Blueprint bp1 =
                Blueprint.named("bp1").prefix("/hello").get("/", text("x")).build();
        Blueprint legacy = Blueprint.group(bp1).prefix("/api").version(1).build();
        Blueprint outer = Blueprint.group(legacy).prefix("/alt").version(2).build();
        BothWays.with(outer).run(client -> {
            says(client, "/v1/alt/api/hello", "x");
            notFound(client, "/v2/alt/api/hello");
        });
        // A mount of the group beats what its members have; 0 is a version.
        BothWays.with(app().register(outer, mount -> mount.version(0)))
                .run(client -> says(client, "/v0/alt/api/hello", "x"));
    }

    @Test
    @DisplayName("case 96: version prefix without a version")
    void version_prefix_without_a_version() throws Exception {
        Blueprint bp = Blueprint.named("bp")
                .prefix("/bp")
                .versionPrefix("/api/v")
                .get("/x", text("x"))
                .get("/y", text("y"), r -> r.version(2))
                .build();
        BothWays.with(bp).run(client -> {
            says(client, "/bp/x", "x");
            says(client, "/api/v2/bp/y", "y");
            notFound(client, "/api/v/bp/x", "/api/bp/x");
        });
    }

    @Test
    @DisplayName("near case 96: parameter in a version prefix")
    void parameter_in_a_version_prefix() throws Exception {
        Blueprint bp = Blueprint.named("bp")
                .prefix("/bp")
                .version(1)
                .versionPrefix("/{lang}/v")
                .get("/{id}", Cases05VersionsIT::parameters)
                .build();
        BothWays.with(bp).run(client -> {
            says(client, "/de/v1/bp/7", "{lang=de, id=7}");
            assertThat(client.get("/v1/bp/7").status()).isEqualTo(404);
        });
    }

    private static Object parameters(HttpContext ctx) {
        return Response.text(ctx.pathParams().toString());
    }
}

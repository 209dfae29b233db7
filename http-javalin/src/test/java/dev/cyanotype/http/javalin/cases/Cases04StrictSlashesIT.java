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

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.http.javalin.BothWays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Behaviour cases 53 to 67: strict slashes. */
class Cases04StrictSlashesIT {

    @Test
    @DisplayName("case 53: strict on single routes")
    void strict_on_single_routes() throws Exception {
        Blueprint test = Blueprint.named("test_text")
                .get("/get", text("OK"), r -> r.strictSlashes(true))
                .post("/post/", text("OK"), r -> r.strictSlashes(true))
                .build();
        BothWays.with(test).run(client -> {
            says(client, "/get", "OK");
            notFound(client, "/get/");
            assertThat(client.send("POST", "/post/", "").text()).isEqualTo("OK");
            assertThat(client.send("POST", "/post", "").status()).isEqualTo(404);
        });
    }

    @Test
    @DisplayName("case 55: lenient by default")
    void lenient_by_default() throws Exception {
        Blueprint test = Blueprint.named("test_text")
                .get("/get", text("OK"))
                .post("/post/", text("OK"))
                .build();
        BothWays.with(test).run(client -> {
            says(client, "/get/", "OK");
            assertThat(client.send("POST", "/post", "").text()).isEqualTo("OK");
            notFound(client, "/get//");
        });
    }

    @Test
    @DisplayName("case 57: a blueprint without a value of its own takes the app's")
    void a_blueprint_without_a_value_takes_the_apps() throws Exception {
        Blueprint bp = Blueprint.named("bp")
                .get("/one", text("x"), r -> r.strictSlashes(false))
                .get("/second", text("x"))
                .build();
        BothWays.with(app(bp).strictSlashes(true)).run(client -> {
            statuses(client, 200, "/one", "/one/", "/second");
            notFound(client, "/second/");
        });
        // Sanic: the first mount writes the app's value into the blueprint; here: it has none of its own afterwards.
        BothWays.with(bp).run(client -> statuses(client, 200, "/second/"));
    }

    @Test
    @DisplayName("case 59: matrix of a blueprint without a value")
    void matrix_of_a_blueprint_without_a_value() throws Exception {
        BothWays.with(matrix("bp1").build()).run(client -> {
            statuses(
                    client,
                    200,
                    "/bp1",
                    "/bp1/",
                    "/bp1/without",
                    "/bp1/without/",
                    "/bp1/with",
                    "/bp1/with/",
                    "/bp1/expwithout",
                    "/bp1/expwithout/",
                    "/bp1/expwith",
                    "/bp1/expwith/",
                    "/bp1/without/strict",
                    "/bp1/with/strict/");
            notFound(client, "/bp1/without/strict/", "/bp1/with/strict");
        });
    }

    @Test
    @DisplayName("case 61: matrix of a lenient blueprint")
    void matrix_of_a_lenient_blueprint() throws Exception {
        Blueprint bp3 = matrix("bp3").strictSlashes(false).build();
        for (App.Builder app : new App.Builder[] {app(bp3), app(bp3).strictSlashes(true)}) {
            BothWays.with(app).run(client -> {
                statuses(
                        client, 200, "/bp3", "/bp3/", "/bp3/without/", "/bp3/with", "/bp3/expwithout/", "/bp3/expwith");
                notFound(client, "/bp3/without/strict/", "/bp3/with/strict");
            });
        }
    }

    @Test
    @DisplayName("near case 61: matrix of a strict blueprint")
    void matrix_of_a_strict_blueprint() throws Exception {
        BothWays.with(matrix("bp2").strictSlashes(true).build()).run(client -> {
            statuses(
                    client,
                    200,
                    "/bp2/",
                    "/bp2/without",
                    "/bp2/with/",
                    "/bp2/expwithout",
                    "/bp2/expwithout/",
                    "/bp2/expwith",
                    "/bp2/expwith/",
                    "/bp2/without/strict",
                    "/bp2/with/strict/");
            notFound(client, "/bp2", "/bp2/without/", "/bp2/with", "/bp2/without/strict/", "/bp2/with/strict");
        });
    }

    @Test
    @DisplayName("case 63: lenient group")
    void lenient_group() throws Exception {
        Blueprint bp3 =
                Blueprint.named("bp3").prefix("/bp3/").get("/r1", text("x")).build();
        Blueprint group = Blueprint.group(bp3)
                .prefix("/other-prefix/")
                .version("v2")
                .strictSlashes(false)
                .build();
        BothWays.with(group)
                .run(client -> statuses(client, 200, "/v2/other-prefix/bp3/r1", "/v2/other-prefix/bp3/r1/"));
    }

    @Test
    @DisplayName("case 64: lenient group under a strict app (here: an explicit false wins over the app)")
    void lenient_group_under_a_strict_app() throws Exception {
        Blueprint bp = Blueprint.named("bp").prefix("/bp").get("/x", text("x")).build();
        Blueprint group = Blueprint.group(bp).strictSlashes(false).build();
        // Sanic: the group's false is lost; here: false is a value, and unset is none.
        BothWays.with(app(group).strictSlashes(true)).run(client -> statuses(client, 200, "/bp/x", "/bp/x/"));
        // Mounted again, it is what it was.
        BothWays.with(app(group)
                        .strictSlashes(true)
                        .register(group, mount -> mount.named("again").under("/again")))
                .run(client -> statuses(client, 200, "/bp/x/", "/again/bp/x/"));
    }

    @ParameterizedTest(
            name = "near case 64: route {0}, inner mount {1}, outer mount {2}, own {3}, group {4}, app {5}: {6}")
    @CsvSource({
        ", , , , , , lenient",
        ", , , , , true, strict",
        ", , , , false, true, lenient",
        ", , , , true, false, strict",
        ", , , true, false, false, strict",
        ", , , false, true, true, lenient",
        ", , true, false, false, false, strict",
        ", , false, true, true, true, lenient",
        ", true, false, false, false, false, strict",
        ", false, true, true, true, true, lenient",
        "true, false, false, false, false, false, strict",
        "false, true, true, true, true, true, lenient",
    })
    void precedence(Boolean route, Boolean inner, Boolean outer, Boolean own, Boolean group, Boolean app, String result)
            throws Exception {
        Blueprint.Builder bp = Blueprint.named("bp").get("/x", text("x"), r -> {
            if (route != null) {
                r.strictSlashes(route);
            }
        });
        Blueprint.Builder scope = Blueprint.group();
        App.Builder all = app();
        set(bp, own);
        set(scope, group);
        if (app != null) {
            all.strictSlashes(app);
        }
        scope.register(bp.build(), mount -> {
            if (inner != null) {
                mount.strictSlashes(inner);
            }
        });
        all.register(scope.build(), mount -> {
            if (outer != null) {
                mount.strictSlashes(outer);
            }
        });
        BothWays.with(all).run(client -> {
            statuses(client, 200, "/x");
            statuses(client, result.equals("strict") ? 404 : 200, "/x/");
        });
    }

    @Test
    @DisplayName("case 67: trailing slash (here: 200 when lenient, 404 when strict, never a redirect)")
    void trailing_slash() throws Exception {
        Blueprint p = Blueprint.named("p")
                .prefix("/p")
                .get("/x/", text("x"), r -> r.strictSlashes(true))
                .get("/y", text("y"), r -> r.strictSlashes(true))
                .get("/z/", text("z"), r -> r.strictSlashes(false))
                .build();
        // Flask: 308 from /p/x to /p/x/, Kyoukai: 307; here: no redirects, because a client that does not follow them
        // on a POST would lose its body.
        BothWays.with(p).run(client -> {
            says(client, "/p/x/", "x");
            says(client, "/p/y", "y");
            says(client, "/p/z", "z");
            says(client, "/p/z/", "z");
            notFound(client, "/p/x", "/p/y/");
            assertThat(client.get("/p/x").header("Location")).isNull();
        });
    }

    private static void set(Blueprint.Builder blueprint, Boolean strict) {
        if (strict != null) {
            blueprint.strictSlashes(strict);
        }
    }

    private static Blueprint.Builder matrix(String name) {
        return Blueprint.named(name)
                .prefix("/" + name)
                .get("/", text("x"))
                .get("/without", text("x"))
                .get("/with/", text("x"))
                .get("/expwithout", text("x"), r -> r.strictSlashes(false))
                .get("/expwith/", text("x"), r -> r.strictSlashes(false))
                .get("/without/strict", text("x"), r -> r.strictSlashes(true))
                .get("/with/strict/", text("x"), r -> r.strictSlashes(true));
    }
}

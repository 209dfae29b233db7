/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin.cases;

import static dev.cyanotype.http.javalin.cases.Cases.notFound;
import static dev.cyanotype.http.javalin.cases.Cases.says;
import static dev.cyanotype.http.javalin.cases.Handlers.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.http.javalin.BothWays;
import dev.cyanotype.spi.MountedBlueprint;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Behaviour cases 1 to 9: mounting and reachability. */
class Cases01MountingIT {

    @Test
    @DisplayName("case 1: route of a blueprint without prefix")
    void route_of_a_blueprint_without_prefix() throws Exception {
        Blueprint test = Blueprint.named("test_text").get("/", text("Hello")).build();
        BothWays.with(test).run(client -> {
            says(client, "/", "Hello");
            notFound(client, "/test_text", "/x");
        });
    }

    @Test
    @DisplayName("case 3: two blueprints with different prefixes")
    void two_blueprints_with_different_prefixes() throws Exception {
        Blueprint one = Blueprint.named("test_text")
                .prefix("/test1")
                .get("/", text("Hello"))
                .build();
        Blueprint two = Blueprint.named("test_text2")
                .prefix("/test2")
                .get("/", text("Hello2"))
                .build();
        BothWays.with(one, two).run(client -> {
            says(client, "/test1/", "Hello");
            says(client, "/test2/", "Hello2");
            says(client, "/test1", "Hello");
            notFound(client, "/", "/test3/", "/test1/test2/");
        });
    }

    @Test
    @DisplayName("case 5: one blueprint on two apps (here: an app's name is no part of a route's name)")
    void one_blueprint_on_two_apps() throws Exception {
        Blueprint bp = Blueprint.named("bp")
                .get("/", ctx -> Response.text(ctx.app() + " " + ctx.operation()), r -> r.name("handler"))
                .build();
        for (String name : new String[] {"app1", "app2"}) {
            BothWays.with(App.named(name).register(bp)).run(client -> says(client, "/", name + " bp.handler"));
        }
    }

    @Test
    @DisplayName("case 6: where a blueprint is mounted (here: a value does not know, so the app is asked)")
    void where_a_blueprint_is_mounted() {
        Blueprint test = Blueprint.named("test").prefix("/p").build();
        Blueprint copy = test.copy("copy").build();
        assertThat(Cases.app().build().describe().mounts()).isEmpty();
        App.Builder builder = App.named("A");
        builder.register(Blueprint.group(test).version(1).host("a.test").build());
        String group = Handlers.lineBefore();
        builder.register(test, mount -> mount.named("again").noPrefix());
        String again = Handlers.lineBefore();
        App app = builder.build();

        assertThat(app.describe().mounts(test))
                .extracting(
                        MountedBlueprint::app,
                        MountedBlueprint::name,
                        MountedBlueprint::path,
                        MountedBlueprint::version,
                        MountedBlueprint::hosts,
                        MountedBlueprint::first)
                .containsExactly(
                        tuple("A", "test", "/v1/p", "1", List.of("a.test"), true),
                        tuple("A", "again", "/", null, List.of(), false));
        assertThat(app.describe().mounts())
                .extracting(
                        MountedBlueprint::name,
                        mount -> mount.source().equals(group),
                        mount -> mount.source().equals(again))
                .containsExactly(tuple("", true, false), tuple("test", true, false), tuple("again", false, true));
        assertThat(app.describe().mounts(copy)).isEmpty();
    }

    @Test
    @DisplayName("case 9: body of a POST reaches the handler")
    void body_of_a_post_reaches_the_handler() throws Exception {
        App.Builder app = App.named("test")
                .post(
                        "/",
                        ctx -> Response.text(
                                new StringBuilder(ctx.body().text()).reverse().toString()));
        BothWays.with(app).run(client -> {
            assertThat(client.post("/", "text/plain", "!dlrow ,olleH").text()).isEqualTo("Hello, world!");
            assertThat(client.post("/", "text/plain", "é€").text()).isEqualTo("€é");
            assertThat(client.send("POST", "/", "").text()).isEmpty();
        });
    }
}

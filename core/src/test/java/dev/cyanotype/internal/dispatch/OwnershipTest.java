/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.Assembled;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What no route answers belongs to the blueprint that owns the deepest prefix. */
class OwnershipTest {

    private static Blueprint.Builder owner(String name) {
        return Blueprint.named(name)
                .error(
                        404,
                        (ctx, e) -> Response.text(name + " 404 of " + ctx.blueprint() + " " + ctx.operation())
                                .status(404))
                .error(
                        405,
                        (ctx, e) -> Response.text(name + " 405 " + e.headers().first("Allow"))
                                .status(405))
                .error(400, (ctx, e) -> Response.text(name + " 400").status(400));
    }

    private static App.Builder app() {
        return App.named("app").error(404, (ctx, e) -> Response.text("app 404").status(404));
    }

    @ParameterizedTest
    @CsvSource({
        "/p/none, p 404 of p GET (no route)",
        "/p, p 404 of p GET (no route)",
        "/p/, p 404 of p GET (no route)",
        "/p/c/x/none, c 404 of p.c GET (no route)",
        "/p/c, c 404 of p.c GET (no route)",
        "/p/%63/none, c 404 of p.c GET (no route)",
        "/px/none, app 404",
        "//p/none, app 404",
        "/none, app 404",
        "/p/c/%zz, c 400",
        "/p/%zz/c, p 400",
    })
    void the_deepest_prefix_counts(String path, String expected) {
        Assembled app = Assembled.of(app().register(owner("p")
                .prefix("/p")
                .register(owner("c").prefix("/c").get("/x", ctx -> "x").build())
                .build()));

        assertThat(app.get(path).text()).isEqualTo(expected);
    }

    @Test
    void a_wrong_method_is_answered_by_the_owner_with_all_that_is_allowed() {
        Assembled app = Assembled.of(
                app().register(owner("a").prefix("/p").get("/x", ctx -> "x").build())
                        .register(Blueprint.named("b")
                                .prefix("/p/x")
                                .delete("/", ctx -> "x")
                                .build()));

        assertThat(app.send(InMemoryRequest.of("POST", "/p/x")).status()).isEqualTo(405);
        assertThat(app.send(InMemoryRequest.of("POST", "/p/x")).headers().first("Allow"))
                .isEqualTo("GET, DELETE, HEAD, OPTIONS");

        Assembled alone = Assembled.of(
                app().register(owner("a").prefix("/p").get("/x", ctx -> "x").build()));
        assertThat(alone.send(InMemoryRequest.of("POST", "/p/x")).text()).isEqualTo("a 405 GET, HEAD, OPTIONS");
    }

    @Test
    void a_prefix_of_two_belongs_to_what_is_around_both() {
        Blueprint group = Blueprint.group(
                        owner("a").prefix("/p").get("/a", ctx -> "a").build(),
                        owner("b").prefix("/p").get("/b", ctx -> "b").build())
                .error(404, (ctx, e) -> Response.text("group 404").status(404))
                .build();

        Assembled app = Assembled.of(app().register(group));

        assertThat(app.get("/p/none").text()).isEqualTo("group 404");
        assertThat(app.get("/none").text()).isEqualTo("app 404");
    }

    @Test
    void a_child_without_a_prefix_leaves_it_to_its_parent() {
        Assembled app = Assembled.of(app().register(owner("p")
                .prefix("/p")
                .register(owner("c").get("/x", ctx -> "x").build())
                .build()));

        assertThat(app.get("/p/none").text()).isEqualTo("p 404 of p GET (no route)");
    }

    @Test
    void a_blueprint_without_a_prefix_leaves_it_to_the_app() {
        Assembled app =
                Assembled.of(app().register(owner("p").get("/x", ctx -> "x").build()));

        assertThat(app.get("/x/none").text()).isEqualTo("app 404");
    }

    @Test
    void a_version_is_part_of_the_prefix() {
        Assembled app = Assembled.of(app().register(owner("g")
                .prefix("/g")
                .version(1)
                .register(owner("c")
                        .prefix("/c")
                        .version(2)
                        .get("/x", ctx -> "x")
                        .get("/y", ctx -> "y", r -> r.version(3))
                        .build())
                .build()));

        assertThat(app.get("/v1/g/none").text()).startsWith("g 404");
        assertThat(app.get("/v2/g/c/none").text()).startsWith("c 404");
        assertThat(app.get("/v3/g/c/none").text()).startsWith("c 404");
        assertThat(app.get("/v2/g/none").text()).as("around c in c's version").startsWith("g 404");
        assertThat(app.get("/v1/none").text()).isEqualTo("app 404");
        assertThat(app.get("/g/none").text()).isEqualTo("app 404");
    }

    @Test
    void a_version_alone_is_a_prefix_too() {
        Assembled app = Assembled.of(
                app().register(owner("a").version(1).get("/x", ctx -> "x").build()));

        assertThat(app.get("/v1/none").text()).startsWith("a 404");
    }

    @Test
    void a_host_is_owned_by_whoever_is_alone_on_it() {
        Assembled app = Assembled.of(app().register(owner("a")
                        .host("a.test")
                        .get("/x", ctx -> "x", r -> r.host("b.test"))
                        .build())
                .register(owner("p").prefix("/p").build()));

        assertThat(get(app, "a.test", "/none")).startsWith("a 404");
        assertThat(get(app, "A.test:8080", "/none")).startsWith("a 404");
        assertThat(get(app, "b.test", "/none")).startsWith("a 404");
        assertThat(get(app, "c.test", "/none")).isEqualTo("app 404");
        assertThat(get(app, "a.test", "/p/none")).as("deeper").startsWith("p 404");
    }

    @Test
    void of_one_prefix_that_of_the_asked_host_counts() {
        Assembled app = Assembled.of(app().register(owner("any").prefix("/p").build())
                .register(owner("own").prefix("/p").host("a.test").build()));

        assertThat(get(app, "a.test", "/p/none")).startsWith("own 404");
        assertThat(get(app, "b.test", "/p/none")).startsWith("any 404");
    }

    @Test
    void the_parameters_of_the_prefix_are_there() {
        Assembled app = Assembled.of(app().register(Blueprint.named("t")
                .prefix("/{tenant}/{shop:int}")
                .before(ctx -> {
                    ctx.log().debug("of {}", ctx.pathParam("tenant"));
                    return null;
                })
                .error(
                        404,
                        (ctx, e) -> ctx.as(dev.cyanotype.http.HttpContext.class)
                                .pathParams()
                                .toString())
                .build()));

        assertThat(app.get("/a%20b/7/none").text()).isEqualTo("\"{tenant=a b, shop=7}\"");
        assertThat(app.get("/a/b/none").text()).isEqualTo("app 404");
    }

    @Test
    void the_more_specific_of_two_prefixes_of_one_depth_counts() {
        Assembled app = Assembled.of(app().register(owner("any").prefix("/{x}").build())
                .register(owner("number").prefix("/{x:int}").build())
                .register(owner("one").prefix("/1").build())
                .register(owner("deep").prefix("/{x}/{y}").build()));

        assertThat(app.get("/1").text()).startsWith("one 404");
        assertThat(app.get("/2").text()).startsWith("number 404");
        assertThat(app.get("/a").text()).startsWith("any 404");
        assertThat(app.get("/1/z").text()).startsWith("deep 404");
    }

    @Test
    void every_place_of_a_blueprint_has_its_own() {
        Blueprint bp = owner("bp").get("/x", ctx -> "x").build();
        Assembled app = Assembled.of(app().register(bp, mount -> mount.prefix("/a"))
                .register(bp, mount -> mount.prefix("/b").named("other")));

        assertThat(app.get("/a/none").text()).isEqualTo("bp 404 of bp GET (no route)");
        assertThat(app.get("/b/none").text()).isEqualTo("bp 404 of other GET (no route)");
    }

    private static String get(Assembled app, String host, String path) {
        return app.send(InMemoryRequest.get(path).host(host)).text();
    }
}

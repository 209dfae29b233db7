/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin.cases;

import static dev.cyanotype.http.javalin.cases.Cases.app;
import static dev.cyanotype.http.javalin.cases.Cases.notFound;
import static dev.cyanotype.http.javalin.cases.Cases.problems;
import static dev.cyanotype.http.javalin.cases.Cases.says;
import static dev.cyanotype.http.javalin.cases.Handlers.lineBefore;
import static dev.cyanotype.http.javalin.cases.Handlers.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.Attribute;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.http.HttpMethod;
import dev.cyanotype.http.javalin.BothWays;
import dev.cyanotype.internal.testkit.wire.Answer;
import dev.cyanotype.testkit.TestApp;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Behaviour cases 158 to 165: copies with changes. */
class Cases10CopiesIT {

    @Test
    @DisplayName("case 160: a copy is independent and carries everything")
    void a_copy_is_independent_and_carries_everything() throws Exception {
        Blueprint one = Blueprint.named("test_bp1")
                .version(1)
                .prefix("/p")
                .get("/page", ctx -> Response.text("Hello world! " + ctx.operation()), r -> r.name("page"))
                .get("/fail", ctx -> {
                    throw new IllegalStateException("secret");
                })
                .after((ctx, response) -> response.header("X-After", "1"))
                .error(
                        IllegalStateException.class,
                        (ctx, e) -> Response.text("handled").status(409))
                .build();
        Blueprint two = one.copy("test_bp2").version(2).build();

        assertThat(two).isNotSameAs(one);
        assertThat(two.name()).isEqualTo("test_bp2");
        assertThat(one.name()).isEqualTo("test_bp1");
        // A copy is mounted where somebody mounts it, and nowhere else.
        BothWays.with(one).run(client -> notFound(client, "/v2/p/page"));
        BothWays.with(one, two).run(client -> {
            says(client, "/v1/p/page", "Hello world! test_bp1.page");
            says(client, "/v2/p/page", "Hello world! test_bp2.page");
            for (String path : new String[] {"/v1/p/fail", "/v2/p/fail"}) {
                Answer answer = client.get(path);
                assertThat(answer.status() + " " + answer.text()).isEqualTo("409 handled");
                assertThat(answer.header("X-After")).isEqualTo("1");
            }
        });
    }

    @Test
    @DisplayName("near case 160: what is added to a copy does not reach its origin, nor the other way round")
    void additions_to_a_copy() throws Exception {
        Blueprint.Builder builder = Blueprint.named("a").prefix("/a").get("/x", text("x"));
        Blueprint a = builder.build();
        Blueprint.Builder copy = a.copy("b").prefix("/b").get("/y", text("y")).before(ctx -> null);
        copy.after((ctx, response) -> response.header("X-Copy", "1"));
        builder.get("/z", text("z"));
        Blueprint b = copy.build();
        BothWays.with(a, b).run(client -> {
            says(client, "/a/x", "x");
            says(client, "/b/x", "x");
            says(client, "/b/y", "y");
            notFound(client, "/a/y", "/a/z", "/b/z");
            assertThat(client.get("/a/x").header("X-Copy")).isNull();
            assertThat(client.get("/b/x").header("X-Copy")).isEqualTo("1");
        });
    }

    @Test
    @DisplayName("near case 160: a copy listens, acts and replaces no name in its routes' names")
    void other_operations_of_a_copy() {
        List<String> heard = new ArrayList<>();
        Blueprint a = Blueprint.named("a")
                .prefix("/a")
                .get("/banana", Cases::operation, r -> r.name("banana"))
                .listen("fruit", (message, ctx) -> heard.add(ctx.operation()))
                .action("peel", ctx -> Map.of("by", ctx.operation()))
                .build();
        Blueprint z = a.copy("z").prefix("/z").build();
        try (TestApp app = TestApp.of(
                app(a).register(z, mount -> mount.actionPrefix("v2.")).build())) {
            // Sanic: the text of the old name is replaced wherever it stands, so this would be 'z.bznznz'.
            assertThat(app.get("/z/banana").text()).isEqualTo("z.banana");
            app.broadcast("fruit", Map.of());
            assertThat(heard).containsExactlyInAnyOrder("a.fruit", "z.fruit");
            assertThat(app.call("v2.peel", Map.of()).payload().toString()).isEqualTo("{\"by\":\"z.peel\"}");
        }
    }

    @Test
    @DisplayName("near case 160: values of a blueprint are in its copy (Sanic: left out; here: part of what is copied)")
    void values_of_a_copy() throws Exception {
        Attribute<Integer> test = Attribute.named("test", Integer.class);
        Blueprint one = Blueprint.named("one")
                .version(1)
                .attribute(test, 1)
                .get("/", ctx -> Response.text("test=" + ctx.attribute(test)))
                .build();
        Blueprint same = one.copy("same").version(2).build();
        Blueprint changed = one.copy("changed").version(3).attribute(test, 3).build();
        BothWays.with(one, same, changed).run(client -> {
            says(client, "/v1", "test=1");
            says(client, "/v2", "test=1");
            says(client, "/v3", "test=3");
        });
    }

    @Test
    @DisplayName("near case 160: each option of a copy can be set once more")
    void options_of_a_copy() throws Exception {
        Blueprint a = Blueprint.named("a")
                .prefix("/a/")
                .strictSlashes(true)
                .get("/x", text("x"))
                .build();
        Blueprint.Builder copy = a.copy("b").noPrefix().strictSlashes(false);
        assertThatThrownBy(() -> copy.prefix("/c"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "blueprint 'b': prefix was already set to 'none', now '/c'. Use toBuilder() to change a copy.");
        Blueprint same = a.copy("c").version(1).build();
        BothWays.with(a, copy.build(), same).run(client -> {
            says(client, "/a/x", "x");
            says(client, "/x/", "x");
            says(client, "/v1/a/x", "x");
            notFound(client, "/a/x/", "/v1/a/x/");
        });
    }

    @Test
    @DisplayName("case 163: replacing a route in a copy without saying so")
    void replacing_a_route_in_a_copy_without_saying_so() throws Exception {
        Blueprint.Builder builder = Blueprint.named("bp_v1").version(1).prefix("my_api");
        builder.get("/", text("v1"));
        String first = lineBefore();
        Blueprint v1 = builder.build();
        App.Builder app = app(v1);
        String[] problems = new String[2];
        for (int version = 2; version <= 3; version++) {
            String name = "bp_v" + version;
            Blueprint.Builder copy = v1.copy(name).version(version);
            copy.get("/", text(name));
            String second = lineBefore();
            app.register(copy.build());
            problems[version - 2] = "GET /v%d/my_api/: declared by '%s' (%s) and '%s' (%s). Change one path or method."
                    .formatted(version, name, first, name, second);
        }

        problems(app, problems);
        BothWays.with(v1).run(client -> says(client, "/v1/my_api", "v1"));
    }

    @Test
    @DisplayName("near case 163: replacing a route in a copy, and saying so")
    void replacing_a_route_in_a_copy() throws Exception {
        Blueprint v1 = Blueprint.named("bp_v1")
                .version(1)
                .get("/", text("v1"), r -> r.name("home").before(ctx -> Response.text("guarded")))
                .get("/users/{id}", text("v1 user"))
                .post("/users/{id}", ctx -> Response.text("v1 post"))
                .get("/last", text("v1 last"))
                .after((ctx, response) -> response.header("X-After", "1"))
                .build();
        Blueprint v2 = v1.copy("bp_v2")
                .version(2)
                .replace(HttpMethod.GET, "/", Cases::operation)
                .replace(HttpMethod.GET, "users/{name}", ctx -> Response.text("v2 " + ctx.pathParam("name")))
                .build();
        BothWays.with(v1, v2).run(client -> {
            says(client, "/v1", "guarded");
            says(client, "/v1/users/7", "v1 user");
            // Of the inherited route its name stays, and nothing else.
            says(client, "/v2", "bp_v2.home");
            says(client, "/v2/users/7", "v2 7");
            // Sanic: replaced whatever the method; here: the other methods of the path stay.
            assertThat(client.send("POST", "/v2/users/7", "").text()).isEqualTo("v1 post");
            says(client, "/v2/last", "v1 last");
            assertThat(client.get("/v2").header("X-After")).isEqualTo("1");
        });
    }

    @Test
    @DisplayName("near case 163: all routes of a copy can be replaced, in any order")
    void replacing_all_routes_of_a_copy() throws Exception {
        Blueprint one = Blueprint.named("one")
                .get("/a", text("a"))
                .get("/b", text("b"))
                .get("/c", text("c"))
                .build();
        for (List<String> order :
                List.of(List.of("/a", "/b", "/c"), List.of("/c", "/b", "/a"), List.of("/b", "/c", "/a"))) {
            Blueprint.Builder copy = one.copy("two").get("/d", text("d"));
            order.forEach(path -> copy.replace(HttpMethod.GET, path, text("new " + path)));
            BothWays.with(copy.build()).run(client -> {
                for (String path : order) {
                    says(client, path, "new " + path);
                }
                says(client, "/d", "d");
            });
        }
    }

    @Test
    @DisplayName("near case 163: only an inherited route can be replaced")
    void only_an_inherited_route_can_be_replaced() {
        Blueprint one = Blueprint.named("one").get("/a", text("a")).build();
        Blueprint.Builder copy = one.copy("two").get("/own", text("own"));
        assertThatThrownBy(() -> copy.replace(HttpMethod.GET, "/own", text("x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("blueprint 'two': replace: nothing inherited answers GET /own (inherited: [GET /a])."
                        + " Declare it as a new route.");
        assertThatThrownBy(() -> copy.replace(HttpMethod.PUT, "/a", text("x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("blueprint 'two': replace: nothing inherited answers PUT /a (inherited: [GET /a])."
                        + " Declare it as a new route.");
        assertThatThrownBy(() -> Blueprint.named("new").get("/a", text("a")).replace(HttpMethod.GET, "/a", text("x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("blueprint 'new': replace: nothing inherited answers GET /a (inherited: [])."
                        + " Declare it as a new route.");
    }

    @Test
    @DisplayName("case 165: copy of a mounted blueprint that has static files (here: it has them too)")
    void copy_of_a_blueprint_that_has_static_files(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("a.txt"), "content");
        Blueprint bp = Blueprint.named("bp")
                .prefix("/bp")
                .file("/one.txt", file)
                .files("/all", folder, f -> f.name("all"))
                .after((ctx, response) -> response.header("X-Operation", ctx.operation()))
                .build();
        // Sanic: an error, since static routes can't be registered again; here: files are part of the value.
        App app = app(bp).build();
        Blueprint bp2 = bp.copy("bp2").prefix("/bp2").build();
        BothWays.with(app.toBuilder().register(bp2)).run(client -> {
            for (String name : new String[] {"bp", "bp2"}) {
                says(client, "/" + name + "/one.txt", "content");
                says(client, "/" + name + "/all/a.txt", "content");
                assertThat(client.get("/" + name + "/one.txt").header("X-Operation"))
                        .isEqualTo(name + ".static");
                assertThat(client.get("/" + name + "/all/a.txt").header("X-Operation"))
                        .isEqualTo(name + ".all");
            }
        });
    }
}

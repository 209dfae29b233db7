/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin.cases;

import static dev.cyanotype.http.javalin.cases.Cases.app;
import static dev.cyanotype.http.javalin.cases.Cases.problems;
import static dev.cyanotype.http.javalin.cases.Cases.says;
import static dev.cyanotype.http.javalin.cases.Handlers.lineBefore;
import static dev.cyanotype.http.javalin.cases.Handlers.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.ConflictPolicy;
import dev.cyanotype.http.UrlBuildException;
import dev.cyanotype.http.javalin.BothWays;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Behaviour cases 11 to 31: names. */
class Cases02NamesIT {

    @ParameterizedTest(name = "case 11: {0} is a name")
    @ValueSource(
            strings = {
                "something",
                "some-thing",
                "some_thing",
                "Something",
                "SomeThing",
                "Some-Thing",
                "Some_Thing",
                "SomeThing123",
                "something123",
                "some-thing123",
                "some_thing123",
                "some-Thing123",
                "some_Thing123",
                "_",
                "x",
                "_1",
                "a--_",
                "a-"
            })
    void accepted_names(String name) throws Exception {
        Blueprint blueprint = Blueprint.named(name)
                .get("/", Cases::operation, r -> r.name(name))
                .build();
        assertThat(blueprint.name()).isEqualTo(name);
        App.Builder app = App.named(name)
                .register(Blueprint.group(blueprint).namePrefix(name).build(), mount -> mount.named(name));
        BothWays.with(app).run(client -> says(client, "/", name + "." + name + "." + name));
    }

    @Test
    @DisplayName("case 13: a dot in a name is refused")
    void a_dot_in_a_name_is_refused() {
        refused("blueprint", "app.ui", () -> Blueprint.named("app.ui"));
    }

    @ParameterizedTest(name = "near case 13: \"{0}\" is no name, wherever it is given")
    @ValueSource(
            strings = {"", "a.b", "a b", " a", "x!", "1a", "1", "-x", "é", "aé", ".", "a.", "a/b", "{a}", "a\n", "١"})
    void what_is_no_name(String name) {
        Blueprint p = Blueprint.named("p").build();
        refused("blueprint", name, () -> Blueprint.named(name));
        refused("blueprint", name, () -> p.copy(name));
        refused("app", name, () -> App.named(name));
        refused("group", name, () -> Blueprint.group(p).namePrefix(name));
        refused(
                "blueprint 'q': mount of blueprint 'p'",
                name,
                () -> Blueprint.named("q").register(p, mount -> mount.named(name)));
        refused(
                "blueprint 'q': route [GET] [/]",
                name,
                () -> Blueprint.named("q").get("/", text("x"), r -> r.name(name)));
    }

    @Test
    @DisplayName("case 15: a missing name is refused")
    void a_missing_name_is_refused() {
        assertThatThrownBy(() -> Blueprint.named(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("name");
        assertThatThrownBy(() -> App.named(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("name");
        assertThatThrownBy(() -> Blueprint.named("p").build().copy(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("name");
        assertThatThrownBy(() -> app().register(Blueprint.named("p").build(), mount -> mount.named(null)))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("name");
    }

    @Test
    @DisplayName("case 16: a dotted name given at a mount (here: refused, as at creation)")
    void a_dotted_name_given_at_a_mount() {
        // Flask: accepted, and the mount takes part in the hooks of the blueprint 'a'; here: full names are made of
        // names only, so that nobody can pass for another's child.
        Blueprint p = Blueprint.named("p").build();
        refused("app 'test': mount of blueprint 'p'", "a.b", () -> app().register(p, mount -> mount.named("a.b")));
    }

    @Test
    @DisplayName("case 18: same blueprint, same name, mounted twice (here: only equal routes are in conflict)")
    void same_blueprint_same_name_mounted_twice() throws Exception {
        Blueprint.Builder builder = Blueprint.named("bp").prefix("/bp");
        builder.get("/x", Cases::operation, r -> r.name("x"));
        String line = lineBefore();
        Blueprint bp = builder.build();

        problems(
                app(bp, bp),
                "GET /bp/x: declared by 'bp' (" + line + ") and 'bp' (" + line + "). Change one path or method.");
        // Flask: an error in any case; here: one blueprint may stand in several places under one name.
        App.Builder builderOfBoth = App.named("test");
        builderOfBoth.register(bp);
        String one = lineBefore();
        builderOfBoth.register(bp, mount -> mount.prefix("/again"));
        String two = lineBefore();
        App both = builderOfBoth.build();
        BothWays.with(both.toBuilder()).run(client -> {
            says(client, "/bp/x", "bp.x");
            says(client, "/again/x", "bp.x");
        });
        assertThatThrownBy(() -> both.urls().to("bp.x").path())
                .isInstanceOf(UrlBuildException.class)
                .hasMessage("url 'bp.x': it leads to several places: /bp/x (mounted at " + one
                        + "), /again/x (mounted at " + two + "). Give each mount a name with named(…).");
    }

    @Test
    @DisplayName("case 20: other blueprint under a taken name")
    void other_blueprint_under_a_taken_name() throws Exception {
        Blueprint first = Blueprint.named("bp").get("/1", text("one")).build();
        Blueprint second = Blueprint.named("bp").get("/2", text("two")).build();
        App.Builder builder = App.named("test");
        builder.register(first);
        String one = lineBefore();
        App app = builder.build();
        App.Builder both = app.toBuilder();
        both.register(second);
        String two = lineBefore();

        problems(
                both,
                "'bp': the name of two blueprints, mounted at " + one + " and at " + two
                        + ". Rename one with named(…).");
        // Nothing was half done: the app is what it was.
        BothWays.with(app.toBuilder()).run(client -> {
            says(client, "/1", "one");
            Cases.notFound(client, "/2");
        });
    }

    @Test
    @DisplayName("near case 20: a name may be taken twice in different versions, or under different parents")
    void names_that_are_not_taken() throws Exception {
        Blueprint.Builder auth = Blueprint.named("auth").get("/", Cases::operation, r -> r.name("login"));
        Blueprint auth1 = auth.version(1).build();
        Blueprint auth2 = Blueprint.named("auth")
                .version(2)
                .get("/", Cases::operation, r -> r.name("login"))
                .build();
        Blueprint other = Blueprint.named("auth")
                .get("/", Cases::operation, r -> r.name("login"))
                .build();
        App.Builder app = app(auth1, auth2)
                .register(Blueprint.named("p").prefix("/p").register(other).build())
                .register(auth2, mount -> mount.named("again").version(3));
        BothWays.with(app).run(client -> {
            says(client, "/v1", "auth.login");
            says(client, "/v2", "auth.login");
            says(client, "/p", "p.auth.login");
            says(client, "/v3", "again.login");
        });
    }

    @Test
    @DisplayName("near case 20: where conflicts are allowed, two blueprints of one name both answer")
    void two_blueprints_of_one_name_where_conflicts_are_allowed() throws Exception {
        Blueprint one = Blueprint.named("bp")
                .get("/1", Cases::operation, r -> r.name("r1"))
                .build();
        Blueprint two = Blueprint.named("bp")
                .get("/2", Cases::operation, r -> r.name("r2"))
                .build();
        BothWays.with(app(one, two).conflicts(ConflictPolicy.OVERRIDE)).run(client -> {
            says(client, "/1", "bp.r1");
            says(client, "/2", "bp.r2");
        });
    }

    @Test
    @DisplayName("case 22: full route names of an app and a blueprint (here: without the app's name)")
    void full_route_names() throws Exception {
        Blueprint bar = Blueprint.named("Bar")
                .prefix("/bar")
                .get("/", Cases::operation, r -> r.name("handler"))
                .build();
        App.Builder foo = App.named("Foo")
                .get("/", Cases::operation, r -> r.name("handler"))
                .get("/nameless/{id}", Cases::operation)
                .register(bar);
        BothWays.with(foo).run(client -> {
            says(client, "/", "handler");
            says(client, "/bar/", "Bar.handler");
            says(client, "/nameless/7", "GET /nameless/{id}");
        });
    }

    @Test
    @DisplayName("case 24: explicit names of routes (here: '123' is no name)")
    void explicit_names_of_routes() throws Exception {
        Blueprint bp = Blueprint.named("bp")
                .get("/foo", Cases::operation, r -> r.name("foo"))
                .get("/bar", Cases::operation, r -> r.name("bar"))
                .get("/bar/123", Cases::operation, r -> r.name("_123"))
                .get("/bar/foo", Cases::operation, r -> r.name("bar_foo"))
                .build();
        App.Builder app = App.named("test")
                .get("/", Cases::operation, r -> r.name("index"))
                .register(bp, mount -> mount.prefix("/py"));
        BothWays.with(app).run(client -> {
            says(client, "/", "index");
            says(client, "/py/foo", "bp.foo");
            says(client, "/py/bar", "bp.bar");
            says(client, "/py/bar/123", "bp._123");
            says(client, "/py/bar/foo", "bp.bar_foo");
        });
        refused(
                "blueprint 'bp': route [GET] [/bar/123]",
                "123",
                () -> Blueprint.named("bp").get("/bar/123", text("x"), r -> r.name("123")));
    }

    @Test
    @DisplayName("case 26: two routes of one name")
    void two_routes_of_one_name() {
        App.Builder app = App.named("test");
        app.get("/foo", text("x"), r -> r.name("duped"));
        String first = lineBefore();
        app.get("/bar", text("x"), r -> r.name("duped"));
        String second = lineBefore();
        Blueprint.Builder bp = Blueprint.named("bp");
        bp.get("/a", text("x"), r -> r.name("duped"));
        String third = lineBefore();
        bp.post("/a", text("x"), r -> r.name("duped"));
        String fourth = lineBefore();

        problems(
                app.register(bp.build()),
                "app 'test': two routes have the name 'duped' (" + first + " and " + second + "). Rename one.",
                "'bp': two routes have the name 'duped' (" + third + " and " + fourth + "). Rename one.");
    }

    @Test
    @DisplayName("case 29: what full names are made of (here: always with the blueprint's name in front)")
    void what_full_names_are_made_of() throws Exception {
        Blueprint api = Blueprint.named("api")
                .get("/users", Cases::operation, r -> r.name("get_all_users"))
                .get("/ep", Cases::operation, r -> r.name("custom_name"))
                .build();
        Blueprint outer =
                Blueprint.named("outer").prefix("/outer").register(api).build();
        App app = app(api, outer).build();
        assertThat(app.urls().to("api.get_all_users").path()).isEqualTo("/users");
        assertThat(app.urls().to("api.custom_name").path()).isEqualTo("/ep");
        assertThat(app.urls().to("outer.api.custom_name").path()).isEqualTo("/outer/ep");
        BothWays.with(app.toBuilder()).run(client -> {
            says(client, "/users", "api.get_all_users");
            says(client, "/ep", "api.custom_name");
            // Kyoukai: parents are no part of the name; here: they are, so that equal children have different names.
            says(client, "/outer/users", "outer.api.get_all_users");
        });
        // Kyoukai: 'custom.name' replaces the whole name; here: a name has no dots.
        refused(
                "blueprint 'api': route [GET] [/ep]",
                "custom.name",
                () -> Blueprint.named("api").get("/ep", text("x"), r -> r.name("custom.name")));
    }

    @Test
    @DisplayName("case 31: text form with the given options")
    void text_form_with_the_given_options() {
        Blueprint bp = Blueprint.named("my_bp")
                .host("example.com")
                .prefix("/foo")
                .version(3)
                .strictSlashes(true)
                .build();
        assertThat(bp).hasToString("blueprint 'my_bp' (prefix /foo, version 3, host example.com, strict slashes true)");
        assertThat(Blueprint.named("plain").build()).hasToString("blueprint 'plain'");
        assertThat(Blueprint.group()
                        .hosts("a.test", "b.test")
                        .strictSlashes(false)
                        .build())
                .hasToString("group (host a.test or b.test, strict slashes false)");
    }

    private static void refused(String where, String name, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(where + ": name '" + name
                        + "' (expected: a letter or '_', then letters, digits, '_' and '-', e.g. 'users')");
    }
}

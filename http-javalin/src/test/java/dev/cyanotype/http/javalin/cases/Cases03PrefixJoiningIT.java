/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin.cases;

import static dev.cyanotype.http.javalin.cases.Cases.app;
import static dev.cyanotype.http.javalin.cases.Cases.notFound;
import static dev.cyanotype.http.javalin.cases.Cases.problems;
import static dev.cyanotype.http.javalin.cases.Cases.says;
import static dev.cyanotype.http.javalin.cases.Cases.statuses;
import static dev.cyanotype.http.javalin.cases.Handlers.lineBefore;
import static dev.cyanotype.http.javalin.cases.Handlers.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.http.javalin.BothWays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Behaviour cases 33 to 52: how prefixes and paths are joined. */
class Cases03PrefixJoiningIT {

    @Test
    @DisplayName("case 33: join prefix \"\" with rule \"/\"")
    void join_33() throws Exception {
        join("", "/", "/");
    }

    @Test
    @DisplayName("case 35: join prefix \"/\" with rule \"/\"")
    void join_35() throws Exception {
        join("/", "/", "/");
    }

    @Test
    @DisplayName("case 37: join prefix \"/foo/\" with rule \"\"")
    void join_37() throws Exception {
        join("/foo/", "", "/foo/");
    }

    @Test
    @DisplayName("case 39: join prefix \"/foo/\" with rule \"/bar\"")
    void join_39() throws Exception {
        join("/foo/", "/bar", "/foo/bar");
    }

    @Test
    @DisplayName("case 41: join prefix \"/foo\" with rule \"/bar\"")
    void join_41() throws Exception {
        join("/foo", "/bar", "/foo/bar");
    }

    @Test
    @DisplayName("case 43: join prefix \"/foo//\" with rule \"/bar\"")
    void join_43() throws Exception {
        join("/foo//", "/bar", "/foo/bar");
    }

    @ParameterizedTest(name = "near cases 33 to 43: join prefix \"{0}\" with rule \"{1}\" to {2}")
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "'', '', /",
                "'', /bar, /bar",
                "'', bar, /bar",
                "'', //bar, /bar",
                "'', bar/, /bar/",
                "/, '', /",
                "/, /bar, /bar",
                "/, bar, /bar",
                "/, //bar, /bar",
                "/foo, '', /foo",
                "/foo, /, /foo/",
                "/foo, bar, /foo/bar",
                "/foo, //bar, /foo/bar",
                "/foo, /bar/, /foo/bar/",
                "/foo/, /, /foo/",
                "/foo/, bar, /foo/bar",
                "/foo/, //bar, /foo/bar",
                "/foo//, '', /foo/",
                "/foo//, /, /foo/",
                "/foo//, bar, /foo/bar",
                "/foo//, //bar, /foo/bar",
                "foo, '', /foo",
                "foo, /, /foo/",
                "foo, /bar, /foo/bar",
                "foo, bar, /foo/bar",
                "foo, //bar, /foo/bar",
                "//foo, /bar, /foo/bar",
                "/foo/baz/, /bar/, /foo/baz/bar/"
            })
    void join(String prefix, String rule, String path) throws Exception {
        Blueprint.Builder test = Blueprint.named("test")
                .prefix(prefix)
                .get(rule, ctx -> Response.empty().header("X-Pattern", ctx.pattern()));
        Blueprint lenient = test.build();
        String other = path.equals("/") ? "/" : path.endsWith("/") ? path.substring(0, path.length() - 1) : path + "/";
        BothWays.with(lenient).run(client -> {
            statuses(client, 204, path, other);
            assertThat(client.get(path).header("X-Pattern")).isEqualTo(path);
        });
        BothWays.with(lenient.toBuilder().strictSlashes(true).build()).run(client -> {
            statuses(client, 204, path);
            if (!other.equals(path)) {
                notFound(client, other);
            }
        });
        // A prefix of a mount, of a group, of an app and in front of no prefix is joined in the same way.
        Blueprint bare = Blueprint.named("test").get(rule, text("x")).build();
        for (App.Builder app : new App.Builder[] {
            app().register(bare, mount -> mount.prefix(prefix)),
            app().register(bare, mount -> mount.under(prefix)),
            app(Blueprint.group(bare).prefix(prefix).build()),
            app(bare).prefix(prefix)
        }) {
            BothWays.with(app.strictSlashes(true)).run(client -> says(client, path, "x"));
        }
    }

    @Test
    @DisplayName("near case 37: an empty path and a slash are two routes if strict, and one if not")
    void an_empty_path_and_a_slash() throws Exception {
        Blueprint.Builder builder = Blueprint.named("s").prefix("/s");
        builder.get("", text("bare"));
        String bare = lineBefore();
        builder.get("/", text("slash"));
        String slash = lineBefore();
        Blueprint s = builder.build();

        problems(app(s), "GET /s/: declared by 's' (" + bare + ") and 's' (" + slash + "). Change one path or method.");
        BothWays.with(s.toBuilder().strictSlashes(true).build()).run(client -> {
            says(client, "/s", "bare");
            says(client, "/s/", "slash");
        });
    }

    @Test
    @DisplayName("case 45: prefix given at a mount is joined like any other")
    void prefix_given_at_a_mount() throws Exception {
        Blueprint bp = Blueprint.named("bp")
                .get("/", ctx -> Response.text(ctx.pattern()))
                .build();
        BothWays.with(app().register(bp, mount -> mount.prefix("/foo/").strictSlashes(true)))
                .run(client -> {
                    says(client, "/foo/", "/foo/");
                    notFound(client, "/foo", "/foo//", "/");
                });
    }

    @Test
    @DisplayName("near case 45: prefixes of a mount replace, go in front, or take away")
    void prefixes_of_a_mount() throws Exception {
        Blueprint bp = Blueprint.named("bp").prefix("/own").get("/x", text("x")).build();
        Blueprint parent = Blueprint.named("parent")
                .prefix("/parent/")
                .register(bp)
                .register(bp, mount -> mount.named("b").prefix("/b/"))
                .register(bp, mount -> mount.named("c").under("/c/"))
                .register(bp, mount -> mount.named("d").noPrefix())
                .register(bp, mount -> mount.named("e").under("e").prefix("f"))
                .register(bp, mount -> mount.named("g").under("//g//").prefix(""))
                .register(bp, mount -> mount.named("h").under("/h").prefix("/"))
                .build();
        BothWays.with(parent).run(client -> {
            for (String path : new String[] {"/own/x", "/b/x", "/c/own/x", "/x", "/e/f/x", "/g/x", "/h/x"}) {
                says(client, "/parent" + path, "x");
            }
            notFound(client, "/own/x", "/parent/b/own/x", "/parent/c/x", "/parent/e/x", "/parent/g/own/x");
        });
    }

    @Test
    @DisplayName("case 48: prefix and path without a leading slash")
    void prefix_without_a_leading_slash() throws Exception {
        Blueprint bp = Blueprint.named("bp").prefix("foo").get("bar", text("x")).build();
        Blueprint outer = Blueprint.named("outer").prefix("a/b").register(bp).build();
        BothWays.with(bp, outer).run(client -> {
            says(client, "/foo/bar", "x");
            says(client, "/a/b/foo/bar", "x");
        });
    }

    @Test
    @DisplayName("case 50: same path parameter in prefix and path")
    void same_path_parameter_in_prefix_and_path() {
        Blueprint.Builder bp = Blueprint.named("bp").prefix("/{id}");
        bp.get("/{id}", text("x"));
        String line = lineBefore();

        problems(app(bp.build()), "'bp' (" + line + "): path '/{id}/{id}': parameter 'id' stands twice");
    }

    @Test
    @DisplayName("near case 50: same path parameter in a prefix and what stands around it")
    void same_path_parameter_in_nested_prefixes() {
        Blueprint inner =
                Blueprint.named("i").prefix("/{id}").get("/x", text("x")).build();
        Blueprint.Builder outer = Blueprint.named("o").prefix("/{id}");
        outer.register(inner);
        String first = lineBefore();
        App.Builder app = app(outer.build());
        app.register(inner, mount -> mount.under("/{id}"));
        String second = lineBefore();
        app.register(inner, mount -> mount.named("v").version(1).versionPrefix("/{id}/v"));
        String third = lineBefore();

        problems(
                app,
                "'o.i' (" + first + "): path '/{id}/{id}': parameter 'id' stands twice",
                "'i' (" + second + "): path '/{id}/{id}': parameter 'id' stands twice",
                "'v' (" + third + "): path '/{id}/v1/{id}': parameter 'id' stands twice");
    }

    @ParameterizedTest(name = "near case 48: \"{0}\" is no prefix: {1}")
    @CsvSource(
            delimiter = ';',
            value = {
                "a b; path '/a b': 'a b' has the character ' ' (expected: path segments, decoded, e.g. '/api')",
                "/a?b; path '/a?b': 'a?b' has the character '?' (expected: path segments, decoded, e.g. '/api')",
                "/a//b; path '/a//b' has an empty segment",
                "/a/../b; path '/a/../b': segment '..' can't be requested",
                "/{rest*}; nothing can follow a parameter that takes the rest"
            })
    void what_is_no_prefix(String prefix, String why) {
        String problem = ": prefix '" + prefix + "' (expected: path segments, e.g. '/api'): " + why;
        assertThatThrownBy(() -> Blueprint.named("bp").prefix(prefix))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("blueprint 'bp'" + problem);
        assertThatThrownBy(() -> app().register(Blueprint.named("bp").build(), mount -> mount.prefix(prefix)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("app 'test': mount of blueprint 'bp'" + problem);
    }

    @Test
    @DisplayName("case 52: parameters of prefixes are handed to the handler")
    void parameters_of_prefixes() throws Exception {
        Blueprint resource = Blueprint.named("bp_resource")
                .prefix("/{resource_id}")
                .get("/", ctx -> ctx.pathParams())
                .build();
        Blueprint resources = Blueprint.group(resource).prefix("/resources").build();
        Blueprint v1 = Blueprint.group(resources).prefix("/v1").build();
        Blueprint api = Blueprint.group(v1).prefix("/api").build();
        String id = "3f2b1c4e-0000-4000-8000-000000000001";
        BothWays.with(app(api).register(api, mount -> mount.named("again").under("/{lang}")))
                .run(client -> {
                    assertThat(client.get("/api/v1/resources/" + id).text())
                            .isEqualTo("{\"resource_id\":\"" + id + "\"}");
                    assertThat(client.get("/de/api/v1/resources/" + id).json())
                            .hasToString("{\"lang\":\"de\",\"resource_id\":\"" + id + "\"}");
                });
    }
}

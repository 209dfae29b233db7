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

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.http.BeforeHook;
import dev.cyanotype.http.javalin.BothWays;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Behaviour cases 147 to 157: one blueprint in several places. */
class Cases09SeveralMountsIT {

    @Test
    @DisplayName("case 147: second mount under another name")
    void second_mount_under_another_name() throws Exception {
        Blueprint bp2 = Blueprint.named("bp2")
                .get("/", Cases::operation, r -> r.name("index2"))
                .build();
        Blueprint bp = Blueprint.named("bp")
                .get("/", Cases::operation, r -> r.name("index"))
                .register(bp2, mount -> mount.prefix("/a").named("sub"))
                .build();
        App.Builder app = app().register(bp, mount -> mount.prefix("/a"))
                .register(bp, mount -> mount.prefix("/b").named("alt"));
        BothWays.with(app).run(client -> {
            says(client, "/a/", "bp.index");
            says(client, "/b/", "alt.index");
            says(client, "/a/a/", "bp.sub.index2");
            says(client, "/b/a/", "alt.sub.index2");
        });
    }

    @Test
    @DisplayName("case 149: same mount twice with identical options (here: its routes are in conflict)")
    void same_mount_twice_with_identical_options() throws Exception {
        List<String> record = new ArrayList<>();
        Blueprint.Builder builder = Blueprint.named("bp").prefix("/bp").before(recording(record, "m"));
        builder.get("/one", text("one"));
        String line = lineBefore();
        Blueprint bp = builder.build();

        // Sanic: the second mount does nothing, Flask: it is an error; here: equal routes are.
        problems(
                app(bp, bp),
                "GET /bp/one: declared by 'bp' (" + line + ") and 'bp' (" + line + "). Change one path or method.");
        BothWays.with(app(bp).register(bp, mount -> mount.named("other").version(2)))
                .run(client -> {
                    record.clear();
                    says(client, "/bp/one", "one");
                    assertThat(record).containsExactly("m");
                    says(client, "/v2/bp/one", "one");
                    assertThat(record).containsExactly("m", "m");
                });
        // Without routes nothing is in the way.
        Blueprint empty = Blueprint.named("empty").build();
        BothWays.with(empty, empty).run(client -> notFound(client, "/"));
    }

    @Test
    @DisplayName("case 151: same blueprint under another prefix and name (here: the name replaces)")
    void same_blueprint_under_another_prefix_and_name() throws Exception {
        Blueprint bp = Blueprint.named("bp")
                .prefix("/bp")
                .get("/one", Cases::operation, r -> r.name("one"))
                .build();
        App app = app(bp).register(bp, mount -> mount.prefix("/again").named("alt"))
                .build();
        assertThat(app.urls().to("bp.one").path()).isEqualTo("/bp/one");
        assertThat(app.urls().to("alt.one").path()).isEqualTo("/again/one");
        BothWays.with(app.toBuilder()).run(client -> {
            says(client, "/bp/one", "bp.one");
            says(client, "/again/one", "alt.one");
            notFound(client, "/again/bp/one");
        });
    }

    @Test
    @DisplayName("case 152: hooks of the groups of a second mount (here: each place has its own)")
    void hooks_of_the_groups_of_a_second_mount() throws Exception {
        List<String> record = new ArrayList<>();
        Blueprint bp = Blueprint.named("bp").prefix("/bp").get("/x", text("x")).build();
        Blueprint a = Blueprint.group(bp)
                .prefix("/a")
                .namePrefix("a")
                .before(recording(record, "ga"))
                .build();
        Blueprint b = Blueprint.group(bp)
                .prefix("/b")
                .namePrefix("b")
                .before(recording(record, "gb"))
                .build();
        // Sanic: /a/bp/x runs both hooks and /b/bp/x none; here: a hook covers what is inside its scope.
        BothWays.with(a, b).run(client -> {
            record.clear();
            says(client, "/a/bp/x", "x");
            assertThat(record).containsExactly("ga");
            says(client, "/b/bp/x", "x");
            assertThat(record).containsExactly("ga", "gb");
        });
    }

    @Test
    @DisplayName("near case 152: each mount is complete, with hooks, error handlers and children")
    void each_mount_is_complete() throws Exception {
        List<String> record = new ArrayList<>();
        Blueprint child = Blueprint.named("child")
                .prefix("/child")
                .get("/", ctx -> {
                    throw new IllegalStateException("secret");
                })
                .build();
        Blueprint bp = Blueprint.named("bp")
                .prefix("/bp")
                .before(recording(record, "before"))
                .after((ctx, response) -> {
                    record.add("after");
                    return response;
                })
                .teardown((ctx, error) -> record.add("teardown"))
                .error(
                        IllegalStateException.class,
                        (ctx, e) -> Response.text(ctx.operation()).status(409))
                .appWide(hooks -> hooks.before(recording(record, "app")))
                .register(child)
                .build();
        App.Builder app = app(bp).register(bp, mount -> mount.named("two").under("/2"))
                .register(Blueprint.named("parent").prefix("/3").register(bp).build())
                .get("/", text("home"));
        BothWays.with(app).run(client -> {
            for (String path : new String[] {"/bp/child", "/2/bp/child", "/3/bp/child"}) {
                record.clear();
                statuses(client, 409, path);
                assertThat(client.get(path).text()).isEqualTo("GET " + path + "/");
                // What is app-wide is there once, however often its blueprint is.
                assertThat(record.subList(0, 4)).containsExactly("app", "before", "after", "teardown");
            }
            record.clear();
            says(client, "/", "home");
            assertThat(record).containsExactly("app");
        });
    }

    @Test
    @DisplayName("case 155: default values of each mount")
    void default_values_of_each_mount() throws Exception {
        Blueprint test = Blueprint.named("test")
                .get(
                        "/foo",
                        ctx -> Response.text(ctx.pathParam("bar") + "/" + ctx.pathParam("baz", Integer.class)),
                        r -> r.urlDefault("baz", 42))
                .get("/bar", ctx -> Response.text(ctx.pathParam("bar")))
                .get("/in/{bar}", ctx -> Response.text(ctx.pathParam("bar")))
                .build();
        App.Builder app = app().register(test, mount -> mount.prefix("/1").urlDefault("bar", 23))
                .register(test, mount -> mount.prefix("/2").named("test2").urlDefault("bar", 19));
        BothWays.with(app).run(client -> {
            says(client, "/1/foo", "23/42");
            says(client, "/2/foo", "19/42");
            says(client, "/1/bar", "23");
            says(client, "/2/bar", "19");
            // What the path has comes before a default.
            says(client, "/1/in/7", "7");
        });
    }

    @Test
    @DisplayName("case 157: one blueprint on two apps, later additions (here: another blueprint, mounted where it is)")
    void one_blueprint_on_two_apps_later_additions() throws Exception {
        Blueprint.Builder builder = Blueprint.named("bp").get("/", text("x"));
        Blueprint bp = builder.build();
        App one = app().register(bp, mount -> mount.prefix("/1")).build();
        App two = app().register(bp, mount -> mount.prefix("/2")).build();
        // Sanic: both apps get the route, without their prefixes; here: what is built does not grow.
        builder.get("/lost", text("lost"));
        Blueprint grown = bp.toBuilder().get("/late", text("late")).build();
        App three = app().register(grown, mount -> mount.prefix("/3")).build();
        BothWays.with(one.toBuilder()).run(client -> {
            says(client, "/1", "x");
            notFound(client, "/1/late", "/1/lost", "/late", "/lost", "/2");
        });
        BothWays.with(two.toBuilder()).run(client -> {
            says(client, "/2", "x");
            notFound(client, "/2/late", "/2/lost", "/late", "/lost", "/1");
        });
        BothWays.with(three.toBuilder()).run(client -> {
            says(client, "/3", "x");
            says(client, "/3/late", "late");
            notFound(client, "/3/lost");
        });
    }

    private static BeforeHook recording(List<String> record, String what) {
        return ctx -> {
            record.add(what);
            return null;
        };
    }
}
